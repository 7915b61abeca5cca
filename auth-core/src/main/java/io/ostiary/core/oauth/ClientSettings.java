package io.ostiary.core.oauth;

import io.ostiary.core.Secret;
import io.ostiary.core.config.Settings;
import io.ostiary.core.jose.JwsAlgorithm;
import io.ostiary.core.jose.JwtSigner;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who this application is to a provider.
 *
 * @param id client identifier
 * @param secret null for a public client and for one with a key
 * @param method how it proves itself
 * @param signer null unless the method is {@code private_key_jwt}
 */
record ClientSettings(
        String id,
        @Nullable Secret secret,
        ClientMethod method,
        @Nullable JwtSigner signer) {
    private static final String ID_ALLOWED = "the client identifier that the provider gave to this application";

    static ClientSettings from(Settings section, Preset preset) {
        // Read first, so that it is not taken for a misspelt client-id.
        Secret secret = section.secret("client-secret", 1);
        String id = section.requiredText("client-id", ID_ALLOWED);
        ClientMethod method = section.oneOf("client-authentication", ClientMethod.class, usual(preset));
        JwtSigner signer = signer(section, method);
        boolean needsSecret = method != ClientMethod.NONE && method != ClientMethod.PRIVATE_KEY_JWT;
        if (needsSecret && secret == null) {
            throw section.problem(
                    "client-secret",
                    "is required: the secret that the provider gave to this application; or set"
                            + " 'client-authentication' to private-key-jwt, or to none for a public client");
        }
        if (!needsSecret && secret != null) {
            throw section.problem(
                    "client-secret", "contradicts 'client-authentication' " + word(method) + "; remove one of them");
        }
        return new ClientSettings(id, secret, method, signer);
    }

    @Override
    public String toString() {
        return "ClientSettings[" + id + ", " + method + "]";
    }

    private static ClientMethod usual(Preset preset) {
        return preset.openId() || preset == Preset.OAUTH2 ? ClientMethod.AUTO : ClientMethod.CLIENT_SECRET_POST;
    }

    private static @Nullable JwtSigner signer(Settings section, ClientMethod method) {
        if (method != ClientMethod.PRIVATE_KEY_JWT) {
            return null;
        }
        Secret pem = section.secret("private-key", 1);
        JwsAlgorithm algorithm = section.oneOf("private-key-algorithm", JwsAlgorithm.class, JwsAlgorithm.RS256);
        JwtSigner signer = pem == null ? null : JwtSigner.of(pem, algorithm, section.optionalText("private-key-id"));
        if (signer == null) {
            throw section.problem(
                    "private-key",
                    "is required with 'client-authentication' private-key-jwt: a PKCS#8 key in PEM that fits"
                            + " 'private-key-algorithm' " + algorithm
                            + ", RSA with at least 2048 bits or EC, for example ${file:/run/secrets/client.pem}");
        }
        return signer;
    }

    private static String word(ClientMethod method) {
        return method.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
