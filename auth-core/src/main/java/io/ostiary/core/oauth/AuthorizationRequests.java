package io.ostiary.core.oauth;

import com.github.scribejava.core.model.OAuthRequest;
import com.github.scribejava.core.model.Verb;
import com.github.scribejava.core.pkce.PKCE;
import com.github.scribejava.core.pkce.PKCECodeChallengeMethod;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Makes the address that a browser is sent to, and pushes the request itself where the provider takes that (RFC 9126). */
final class AuthorizationRequests {
    private static final int MAX_REQUEST_URI = 1024;
    private final ProviderSettings settings;
    private final TokenClient tokenClient;
    private final CappedHttp http;

    AuthorizationRequests(ProviderSettings settings, TokenClient tokenClient, CappedHttp http) {
        this.settings = settings;
        this.tokenClient = tokenClient;
        this.http = http;
    }

    String url(Metadata metadata, PendingLogin login, String state, Wishes wishes) throws ProviderException {
        Map<String, String> more = new HashMap<>(settings.request().parameters());
        if (settings.preset().openId()) {
            more.put("nonce", login.nonce());
        }
        String loginHint = wishes.loginHint();
        if (loginHint != null) {
            more.put("login_hint", loginHint);
        }
        if (wishes.anew()) {
            more.put("prompt", "login");
            if (settings.preset().openId()) {
                more.put("max_age", "0");
            }
        }
        String url = tokenClient
                .service(metadata, login.redirectUri())
                .createAuthorizationUrlBuilder()
                .state(state)
                .scope(String.join(" ", settings.scopes()))
                .pkce(pkce(login.verifier()))
                .additionalParams(more)
                .build();
        return pushes(metadata) ? pushed(metadata, url) : url;
    }

    /** RFC 7636, always S256, whatever the provider says it supports: a provider that knows none ignores it. */
    private static PKCE pkce(String verifier) {
        PKCE pkce = new PKCE();
        pkce.setCodeVerifier(verifier);
        pkce.setCodeChallenge(Tokens.digest(verifier));
        pkce.setCodeChallengeMethod(PKCECodeChallengeMethod.S256);
        return pkce;
    }

    private boolean pushes(Metadata metadata) {
        return switch (settings.request().push()) {
            case ALWAYS -> true;
            case NEVER -> metadata.pushedRequired();
            case AUTO -> metadata.pushedEndpoint() != null;
        };
    }

    private String pushed(Metadata metadata, String url) throws ProviderException {
        URI endpoint = metadata.pushedEndpoint();
        if (endpoint == null) {
            throw ProviderException.unavailable("pushed request: the provider names no address for it");
        }
        String base = metadata.authorizationEndpoint().toString();
        String query = url.substring(base.length() + 1);
        OAuthRequest request = new OAuthRequest(Verb.POST, endpoint.toString());
        addAll(request, query);
        tokenClient.proof(metadata).addClientAuthentication(request, null, null);
        if (request.getBodyParams().getParams().stream()
                .noneMatch(each -> each.getKey().equals("client_id"))) {
            request.addBodyParameter("client_id", settings.client().id());
        }
        Map<String, String> headers = new HashMap<>(request.getHeaders());
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.put("Accept", "application/json");
        HttpAnswer answer = http.send(endpoint, "POST", headers, request.getByteArrayPayload(), "pushed request");
        return base + (base.indexOf('?') < 0 ? '?' : '&') + "client_id="
                + UrlEncoded.encode(settings.client().id()) + "&request_uri=" + UrlEncoded.encode(requestUri(answer));
    }

    private static void addAll(OAuthRequest request, String query) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = pair.substring(0, equals);
            // The proof of the client may add this one; it must not come twice.
            if (!name.equals("client_id")) {
                request.addBodyParameter(name, UrlEncoded.values(pair, name).get(0));
            }
        }
    }

    private static String requestUri(HttpAnswer answer) throws ProviderException {
        if (answer.status() != 201 && answer.status() != 200) {
            throw ProviderException.unavailable("pushed request: status " + answer.status());
        }
        try {
            String uri = Json.object(answer.body(), CappedHttp.MAX_BODY).text("request_uri");
            if (uri != null && !uri.isEmpty() && uri.length() <= MAX_REQUEST_URI) {
                return uri;
            }
        } catch (JsonException e) {
            throw ProviderException.invalid("pushed request: " + e.getMessage());
        }
        throw ProviderException.invalid("pushed request: no request_uri");
    }
}
