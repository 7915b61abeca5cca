package io.ostiary.core.oauth;

import io.ostiary.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says about itself (OpenID Connect Discovery 1.0 section 3, RFC 8414), or what settings say of a provider
 * that publishes nothing.
 *
 * @param authorizationEndpoint where browsers go
 * @param tokenEndpoint where codes are exchanged
 * @param userInfoEndpoint null if there is none
 * @param jwksUri null only for plain OAuth 2.0
 * @param endSessionEndpoint null if it does not offer RP-initiated logout
 * @param pushedEndpoint null if it does not take pushed requests (RFC 9126)
 * @param pushedRequired whether it takes no others
 * @param issuerInCallback whether it promises {@code iss} in every callback (RFC 9207)
 * @param clientMethods ways of client authentication at the token endpoint; empty if it does not say
 */
record Metadata(
        URI authorizationEndpoint,
        URI tokenEndpoint,
        @Nullable URI userInfoEndpoint,
        @Nullable URI jwksUri,
        @Nullable URI endSessionEndpoint,
        @Nullable URI pushedEndpoint,
        boolean pushedRequired,
        boolean issuerInCallback,
        List<String> clientMethods) {

    static Metadata plain(URI authorization, URI token, @Nullable URI userInfo) {
        return new Metadata(authorization, token, userInfo, null, null, null, false, false, List.of());
    }

    /** Discovery 4.3: the document counts only if its issuer is, character by character, the configured one. */
    static Metadata parse(JsonObject document, String issuer, boolean development) throws ProviderException {
        if (!issuer.equals(document.text("issuer"))) {
            throw ProviderException.invalid("discovery: issuer is not the configured one");
        }
        Reader reader = new Reader(document, development);
        List<String> methods = document.texts("token_endpoint_auth_methods_supported");
        return new Metadata(
                reader.required("authorization_endpoint"),
                reader.required("token_endpoint"),
                reader.optional("userinfo_endpoint"),
                reader.required("jwks_uri"),
                reader.optional("end_session_endpoint"),
                reader.optional("pushed_authorization_request_endpoint"),
                Boolean.TRUE.equals(document.flag("require_pushed_authorization_requests")),
                Boolean.TRUE.equals(document.flag("authorization_response_iss_parameter_supported")),
                methods == null ? List.of() : methods);
    }

    private record Reader(JsonObject document, boolean development) {
        URI required(String name) throws ProviderException {
            URI uri = optional(name);
            if (uri == null) {
                throw ProviderException.invalid("discovery: " + name + " is missing");
            }
            return uri;
        }

        @Nullable
        URI optional(String name) throws ProviderException {
            if (!document.has(name)) {
                return null;
            }
            try {
                String text = document.text(name);
                URI uri = text == null ? null : new URI(text);
                if (uri != null && Addresses.allowed(uri, development)) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                throw ProviderException.invalid("discovery: " + name + " is not an address");
            }
            throw ProviderException.invalid("discovery: " + name + " is not an https address");
        }
    }
}
