package io.ostiary.core.oauth;

import java.util.List;

/** How this application proves itself to a provider's token endpoint (OpenID Connect Core section 9). */
enum ClientMethod {
    /** As the provider's metadata says, {@code client_secret_basic} if it says nothing. */
    AUTO,
    CLIENT_SECRET_BASIC,
    CLIENT_SECRET_POST,
    PRIVATE_KEY_JWT,
    NONE;

    /** Core 9: without metadata, or with it, {@code client_secret_basic} is the default. */
    ClientMethod resolve(List<String> supported) {
        if (this != AUTO) {
            return this;
        }
        boolean onlyPost = supported.contains("client_secret_post") && !supported.contains("client_secret_basic");
        return onlyPost ? CLIENT_SECRET_POST : CLIENT_SECRET_BASIC;
    }
}
