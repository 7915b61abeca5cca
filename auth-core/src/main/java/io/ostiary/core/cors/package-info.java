/** Calls from pages of other origins. */
@NullMarked
package io.ostiary.core.cors;

import org.jspecify.annotations.NullMarked;
