/** Random tokens, digests, key derivation and sealing, all on the JDK's own providers. */
@NullMarked
package io.ostiary.core.crypto;

import org.jspecify.annotations.NullMarked;
