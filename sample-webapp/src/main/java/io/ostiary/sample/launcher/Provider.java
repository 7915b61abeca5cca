package io.ostiary.sample.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequestHandler;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.Route;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import no.nav.security.mock.oauth2.token.RequestMapping;
import no.nav.security.mock.oauth2.token.RequestMappingTokenCallback;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** The protocol of mock-oauth2-server with our login page, for applications on this machine only. */
final class Provider {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    /** What access tokens of programs are for (RFC 9068); no client of this provider is called so. */
    static final String AUDIENCE = "urn:ostiary:sample-api";

    private static final String PROGRAM = "nightly-report";
    private static final long LIFETIME = 3600;
    private static final List<String> REDIRECTS = List.of("redirect_uri", "post_logout_redirect_uri");
    private static final String PAGE_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none';"
            + " frame-ancestors 'none'; form-action 'self' http://127.0.0.1:* http://localhost:* https://127.0.0.1:* https://localhost:*";

    private final LoginForm form = LoginForm.load();
    private final Route protocol;

    /** Takes the path below which it answers, without its slash. */
    Provider(String issuerId) throws IOException {
        // No initial keys, so that it makes its own: those that come with the library are public.
        OAuth2TokenProvider tokens = new OAuth2TokenProvider(new KeyProvider(List.of()));
        RequestMapping program = new RequestMapping(
                "grant_type",
                "client_credentials",
                Map.of("sub", PROGRAM, "client_id", PROGRAM, "name", "Nightly report", "aud", List.of(AUDIENCE)),
                "at+jwt");
        OAuth2TokenCallback callback = new RequestMappingTokenCallback(issuerId, List.of(program), LIFETIME);
        OAuth2Config config = new OAuth2Config(true, null, null, true, tokens, Set.of(callback));
        protocol = new OAuth2HttpRequestHandler(config).getAuthorizationServer();
    }

    OAuth2HttpResponse answer(OAuth2HttpRequest request) {
        if (!staysHere(request.getOriginalUrl())) {
            return text(400, "Only applications on this machine can use this provider.");
        }
        return request.getOriginalUrl().encodedPath().endsWith("/authorize")
                ? authorize(request)
                : protocol.invoke(request);
    }

    static OAuth2HttpResponse text(int status, String text) {
        return new OAuth2HttpResponse(Headers.of("Content-Type", "text/plain;charset=utf-8"), status, text, null);
    }

    private OAuth2HttpResponse authorize(OAuth2HttpRequest request) {
        if (!request.getMethod().equals("POST")) {
            OAuth2HttpResponse answer = protocol.invoke(request);
            return answer.getStatus() == 200 ? page(200, request, "") : answer;
        }
        String body = request.getBody() == null ? "" : request.getBody();
        String problem = LoginForm.problem(body);
        return problem.isEmpty()
                ? protocol.invoke(new OAuth2HttpRequest(
                        request.getHeaders(),
                        "POST",
                        request.getOriginalUrl(),
                        LoginForm.normalised(body, Instant.now())))
                : page(400, request, problem);
    }

    private OAuth2HttpResponse page(int status, OAuth2HttpRequest request, String problem) {
        String redirect = request.getOriginalUrl().queryParameter("redirect_uri");
        String application =
                redirect == null ? "An application" : URI.create(redirect).getAuthority();
        Headers headers = Headers.of("Content-Type", "text/html;charset=utf-8", "Content-Security-Policy", PAGE_POLICY);
        return new OAuth2HttpResponse(headers, status, form.html(application, problem), null);
    }

    private static boolean staysHere(HttpUrl url) {
        return REDIRECTS.stream()
                .flatMap(name -> url.queryParameterValues(name).stream())
                .allMatch(Provider::onThisMachine);
    }

    private static boolean onThisMachine(String redirect) {
        try {
            URI uri = new URI(redirect);
            return uri.getHost() != null && LOOPBACK.contains(uri.getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
