/** Bounded in-memory stores with expiry; the only importer of Caffeine. */
@NullMarked
package io.ostiary.core.cache;

import org.jspecify.annotations.NullMarked;
