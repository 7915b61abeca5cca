package io.ostiary.sample.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Translates between our server and the protocol library. The library builds its URLs from the request; here it always
 * sees the same one, so that the issuer of every token is {@code url + path}.
 */
final class ProviderHandler extends Handler.Abstract {
    private static final Set<String> ENDPOINTS = Set.of(
            "/.well-known/openid-configuration",
            "/authorize",
            "/token",
            "/jwks",
            "/userinfo",
            "/introspect",
            "/revoke",
            "/endsession");
    /** Those that change the URLs in answers, or open the answers to scripts of other sites. */
    private static final Set<String> DROPPED =
            Set.of("host", "origin", "x-forwarded-proto", "x-forwarded-port", "x-forwarded-host");

    private static final int LARGEST_BODY = 64 * 1024;

    private final String url;
    private final String path;
    private final Provider provider;
    private final byte[] styleSheet = LoginForm.styleSheet();

    ProviderHandler(String url, String path) throws IOException {
        this.url = url;
        this.path = path;
        this.provider = new Provider(path.substring(1));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        write(answer(request), response, callback);
        return true;
    }

    private OAuth2HttpResponse answer(Request request) throws IOException {
        String target = Request.getPathInContext(request);
        // Another host name is another site's name pointed at this machine.
        if (!url.endsWith("//" + request.getHeaders().get("Host"))) {
            return Provider.text(421, "This provider answers at " + url + path + " only.");
        }
        if (target.equals("/login.css")) {
            return new OAuth2HttpResponse(Headers.of("Content-Type", "text/css"), 200, null, styleSheet);
        }
        if (!target.startsWith(path) || !ENDPOINTS.contains(target.substring(path.length()))) {
            return Provider.text(404, "Not found. The issuer is " + url + path);
        }
        byte[] body;
        try (InputStream stream = Content.Source.asInputStream(request)) {
            body = stream.readNBytes(LARGEST_BODY + 1);
        }
        return body.length > LARGEST_BODY
                ? Provider.text(413, "Too much.")
                : provider.answer(translated(request, new String(body, StandardCharsets.UTF_8)));
    }

    private OAuth2HttpRequest translated(Request request, String body) {
        Headers.Builder headers = new Headers.Builder();
        for (HttpField field : request.getHeaders()) {
            if (!DROPPED.contains(field.getName().toLowerCase(Locale.ROOT))) {
                headers.addUnsafeNonAscii(field.getName(), field.getValue());
            }
        }
        HttpUrl seen = HttpUrl.get(url + request.getHttpURI().getPathQuery());
        return new OAuth2HttpRequest(headers.build(), request.getMethod(), seen, body);
    }

    private static void write(OAuth2HttpResponse answer, Response response, Callback callback) {
        response.setStatus(answer.getStatus());
        answer.getHeaders().forEach(header -> response.getHeaders().add(header.getFirst(), header.getSecond()));
        response.getHeaders().put("Cache-Control", "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Referrer-Policy", "no-referrer");
        byte[] bytes = answer.getBytesBody();
        if (bytes == null) {
            String text = answer.getBody();
            bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        }
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }
}
