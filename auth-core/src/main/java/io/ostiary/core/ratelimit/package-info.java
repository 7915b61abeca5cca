/** Limits on how often something may be asked; the only importer of bucket4j. */
@NullMarked
package io.ostiary.core.ratelimit;

import org.jspecify.annotations.NullMarked;
