/** Which request targets have one meaning only. */
@NullMarked
package io.ostiary.core.path;

import org.jspecify.annotations.NullMarked;
