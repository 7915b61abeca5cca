package io.ostiary.core.oauth;

import io.ostiary.core.jose.SignedJwt;
import io.ostiary.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fetches user information (OpenID Connect Core 5.3), with the token in a header, never in a URL. */
final class UserInfo {
    private static final String WHAT = "user information";
    private final CappedHttp http;

    UserInfo(CappedHttp http) {
        this.http = http;
    }

    JsonObject plain(URI endpoint, String accessToken) throws ProviderException {
        return fetch(endpoint, accessToken).okObject(WHAT);
    }

    /** Core 5.3.2: may be signed, then by the same keys and for us; the subject is that of the ID token. */
    JsonObject openId(
            URI endpoint, String accessToken, String subject, ProviderSettings settings, Signatures signatures)
            throws ProviderException {
        HttpAnswer answer = fetch(endpoint, accessToken);
        JsonObject claims = answer.status() == 200 && answer.contentType().startsWith("application/jwt")
                ? signed(answer, settings, signatures)
                : answer.okObject(WHAT);
        if (!subject.equals(claims.text("sub"))) {
            throw ProviderException.invalid("Core 5.3.2: user information is of another subject");
        }
        return claims;
    }

    /** GitHub tells the address that it has verified, and that the person calls theirs, only here. */
    JsonObject withGitHubEmail(URI endpoint, String accessToken, JsonObject claims) throws ProviderException {
        URI emails = URI.create(endpoint + "/emails");
        Map<String, Object> all = new LinkedHashMap<>(claims.asMap());
        all.remove("email");
        all.remove("email_verified");
        for (Object each : fetch(emails, accessToken).okArray("e-mail addresses")) {
            if (each instanceof JsonObject email
                    && Boolean.TRUE.equals(email.flag("primary"))
                    && Boolean.TRUE.equals(email.flag("verified"))) {
                String address = email.text("email");
                if (address != null) {
                    all.put("email", address);
                    all.put("email_verified", true);
                }
            }
        }
        return JsonObject.of(all);
    }

    private HttpAnswer fetch(URI endpoint, String accessToken) throws ProviderException {
        return http.get(endpoint, Map.of("Authorization", "Bearer " + accessToken, "Accept", "application/json"), WHAT);
    }

    private static JsonObject signed(HttpAnswer answer, ProviderSettings settings, Signatures signatures)
            throws ProviderException {
        SignedJwt token = SignedJwt.parse(new String(answer.body(), StandardCharsets.ISO_8859_1));
        if (token == null) {
            throw ProviderException.invalid("Core 5.3.2: user information is not a signed JWT");
        }
        JsonObject claims = signatures
                .verify(token, "Core 5.3.2: signature of user information")
                .claims();
        boolean forUs = Audience.isOnly(settings.client().id(), claims);
        if (!forUs || !IssuerRule.matches(settings.issuer(), claims)) {
            throw ProviderException.invalid("Core 5.3.2: user information is for another client");
        }
        return claims;
    }
}
