/** Where counters and timers go; the only package that knows Micrometer. */
@NullMarked
package io.ostiary.core.metrics;

import org.jspecify.annotations.NullMarked;
