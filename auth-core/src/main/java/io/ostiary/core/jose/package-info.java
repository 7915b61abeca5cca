/** Signed tokens and keys (JOSE, RFC 7515 to 7519); the only importer of the JOSE library, which appears in no signature. */
@NullMarked
package io.ostiary.core.jose;

import org.jspecify.annotations.NullMarked;
