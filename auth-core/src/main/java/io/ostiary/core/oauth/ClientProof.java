package io.ostiary.core.oauth;

import com.github.scribejava.core.model.OAuthRequest;
import com.github.scribejava.core.oauth2.clientauthentication.ClientAuthentication;
import io.ostiary.core.Secret;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.jose.JwtSigner;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds this application's proof to a request for a token (OpenID Connect Core section 9). */
final class ClientProof implements ClientAuthentication {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final long ASSERTION_SECONDS = 60;
    private final ClientSettings client;
    private final ClientMethod method;
    private final String issuer;
    private final Tokens tokens;
    private final InstantSource clock;

    ClientProof(ClientSettings client, List<String> supported, String issuer, Tokens tokens, InstantSource clock) {
        this.client = client;
        this.method = client.method().resolve(supported);
        this.issuer = issuer;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void addClientAuthentication(
            OAuthRequest request, @Nullable String unusedId, @Nullable String unusedSecret) {
        Map<String, String> form = new LinkedHashMap<>();
        Secret secret = client.secret();
        JwtSigner signer = client.signer();
        if (method == ClientMethod.CLIENT_SECRET_BASIC && secret != null) {
            request.addHeader("Authorization", basic(secret));
        } else if (method == ClientMethod.CLIENT_SECRET_POST && secret != null) {
            form.put("client_id", client.id());
            form.put("client_secret", text(secret));
        } else if (method == ClientMethod.PRIVATE_KEY_JWT && signer != null) {
            form.put("client_id", client.id());
            form.put("client_assertion_type", ASSERTION_TYPE);
            form.put("client_assertion", assertion(signer));
        } else {
            form.put("client_id", client.id());
        }
        form.forEach(request::addBodyParameter);
    }

    /** RFC 6749 section 2.3.1: both parts are form-encoded before they are joined. */
    private String basic(Secret secret) {
        String pair = UrlEncoded.encode(client.id()) + ':' + UrlEncoded.encode(text(secret));
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The audience is the issuer alone: an assertion made out to a token endpoint could be led to another provider's by
     * whoever writes the metadata (CVE-2025-27370).
     */
    private String assertion(JwtSigner signer) {
        long now = clock.instant().getEpochSecond();
        return signer.sign(Map.of(
                "iss",
                client.id(),
                "sub",
                client.id(),
                "aud",
                issuer,
                "jti",
                tokens.next(),
                "iat",
                now,
                "exp",
                now + ASSERTION_SECONDS));
    }

    private static String text(Secret secret) {
        return new String(secret.revealBytes(), StandardCharsets.UTF_8);
    }
}
