/** One line for each event. */
@NullMarked
package io.ostiary.core.audit;

import org.jspecify.annotations.NullMarked;
