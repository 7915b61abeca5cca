/** Puts everything together from settings; what an adapter starts. */
@NullMarked
package io.ostiary.core.runtime;

import org.jspecify.annotations.NullMarked;
