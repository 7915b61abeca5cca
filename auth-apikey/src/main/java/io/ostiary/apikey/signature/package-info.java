/** HTTP message signatures (RFC 9421) with content digests (RFC 9530), for both sides; knows nothing of key records. */
@NullMarked
package io.ostiary.apikey.signature;

import org.jspecify.annotations.NullMarked;
