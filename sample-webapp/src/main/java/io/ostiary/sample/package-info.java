/** A plain servlet application that knows nothing of its own protection; see its {@code web.xml}. */
@NullMarked
package io.ostiary.sample;

import org.jspecify.annotations.NullMarked;
