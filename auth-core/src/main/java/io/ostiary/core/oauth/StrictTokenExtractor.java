package io.ostiary.core.oauth;

import com.github.scribejava.core.extractors.TokenExtractor;
import com.github.scribejava.core.model.OAuth2AccessToken;
import com.github.scribejava.core.model.Response;
import io.ostiary.core.FailureReason;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a token response strictly, before anything else reads it, and puts none of it into a message. */
enum StrictTokenExtractor implements TokenExtractor<OAuth2AccessToken> {
    BY_THE_RFC,
    /** LinkedIn sends it with some responses only. */
    TYPE_MAY_BE_MISSING;

    private static final Set<String> KNOWN_ERRORS = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope",
            "invalid_target",
            "bad_verification_code",
            "incorrect_client_credentials",
            "redirect_uri_mismatch");

    @Override
    public OAuth2AccessToken extract(Response response) throws IOException {
        HttpAnswer answer = new HttpAnswer(
                response.getCode(),
                response.getHeaders().getOrDefault("Content-Type", ""),
                response.getStream().readAllBytes());
        JsonObject body = body(answer);
        if (body.has("error")) {
            throw refused(body.text("error"));
        }
        if (answer.status() != 200) {
            throw ProviderException.invalid("token endpoint: status " + answer.status());
        }
        return new Tokens(TokenResponse.parse(body, this == TYPE_MAY_BE_MISSING));
    }

    private static JsonObject body(HttpAnswer answer) throws ProviderException {
        if (!answer.isJson()) {
            throw ProviderException.invalid("token endpoint: content type is not JSON");
        }
        try {
            return Json.object(answer.body(), CappedHttp.MAX_BODY);
        } catch (JsonException e) {
            throw ProviderException.invalid("token endpoint: " + e.getMessage());
        }
    }

    private static ProviderException refused(@Nullable String error) {
        String shown = error != null && KNOWN_ERRORS.contains(error) ? error : "an unknown error";
        FailureReason reason =
                "invalid_grant".equals(error) ? FailureReason.UNKNOWN_CREDENTIAL : FailureReason.PROVIDER_ERROR;
        return ProviderException.of(reason, "token endpoint: answered " + shown);
    }

    /** Carries our own reading through scribejava; the raw response is dropped. */
    static final class Tokens extends OAuth2AccessToken {
        private static final long serialVersionUID = 1L;
        private final transient TokenResponse response;

        Tokens(TokenResponse response) {
            super(response.accessToken());
            this.response = response;
        }

        TokenResponse response() {
            return response;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
