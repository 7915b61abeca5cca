/** Server-side sessions under a random id in a cookie. */
@NullMarked
package io.ostiary.core.session;

import org.jspecify.annotations.NullMarked;
