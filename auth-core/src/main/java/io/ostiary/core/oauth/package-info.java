/**
 * Login through OAuth 2.0 and OpenID Connect providers: authorization code with PKCE, state and nonce, several providers at
 * once, nothing stored for visitors who have not logged in. The only importer of scribejava.
 */
@NullMarked
package io.ostiary.core.oauth;

import org.jspecify.annotations.NullMarked;
