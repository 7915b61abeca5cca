/** Tokens for the application's own API: access JWTs (RFC 9068) and rotating refresh tokens. */
@NullMarked
package io.ostiary.core.token;

import org.jspecify.annotations.NullMarked;
