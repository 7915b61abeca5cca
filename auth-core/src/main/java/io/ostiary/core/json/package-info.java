/** Strict JSON as small immutable values; the only importer of the JSON library, which appears in no signature. */
@NullMarked
package io.ostiary.core.json;

import org.jspecify.annotations.NullMarked;
