/** Where roles given to single users live, outside any token and any session. */
@NullMarked
package io.ostiary.rbac.store;

import org.jspecify.annotations.NullMarked;
