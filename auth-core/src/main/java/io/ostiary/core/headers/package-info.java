/** Security headers for whatever answer follows. */
@NullMarked
package io.ostiary.core.headers;

import org.jspecify.annotations.NullMarked;
