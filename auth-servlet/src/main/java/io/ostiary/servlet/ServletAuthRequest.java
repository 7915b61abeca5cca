package io.ostiary.servlet;

import io.ostiary.core.AttributeKey;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.proxy.Proxies;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The neutral view of a servlet request; copies nothing. */
final class ServletAuthRequest implements AuthRequest {
    /** Servlet 6.0 section 3.10: there if, and only if, the connection is under TLS. */
    private static final String CIPHER = "jakarta.servlet.request.cipher_suite";

    private final HttpServletRequest request;
    private final Proxies proxies;

    ServletAuthRequest(HttpServletRequest request, Proxies proxies) {
        this.request = request;
        this.proxies = proxies;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String contextPath() {
        // getContextPath() is raw and may carry what the client wrote; the servlet context knows the real one.
        String path = request.getServletContext().getContextPath();
        return path.indexOf('%') < 0 ? path : decoded(path);
    }

    @Override
    public String path() {
        String info = request.getPathInfo();
        String path = info == null ? request.getServletPath() : request.getServletPath() + info;
        return path.isEmpty() ? "/" : path;
    }

    @Override
    public String rawPath() {
        return request.getRequestURI(); // the one path of the API that the container does not decode
    }

    @Override
    public @Nullable String queryString() {
        return request.getQueryString();
    }

    @Override
    public List<String> headers(String name) {
        Enumeration<String> values = request.getHeaders(name);
        if (values == null || !values.hasMoreElements()) {
            return List.of();
        }
        String first = values.nextElement();
        if (!values.hasMoreElements()) {
            return List.of(first);
        }
        List<String> all = new ArrayList<>();
        all.add(first);
        values.asIterator().forEachRemaining(all::add);
        return all;
    }

    @Override
    public List<String> cookies(String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return List.of();
        }
        List<String> found = List.of();
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(name)) {
                found = plus(found, cookie.getValue());
            }
        }
        // Some containers keep one of several, and which one is left to whoever sent the others.
        return found.size() == 1 && sentOften(name) ? plus(found, found.get(0)) : found;
    }

    private boolean sentOften(String cookie) {
        Enumeration<String> lines = request.getHeaders("Cookie");
        int times = 0;
        while (lines != null && lines.hasMoreElements()) {
            times += CookieNames.count(lines.nextElement(), cookie);
        }
        return times > 1;
    }

    @Override
    public String remoteAddress() {
        return proxies.any() ? client().address() : request.getRemoteAddr();
    }

    @Override
    public boolean secure() {
        return proxies.any() ? client().secure() : underTls();
    }

    @Override
    public String requestId() {
        String known = proxies.any() ? proxies.requestId(request.getRemoteAddr(), this::headers) : null;
        return known == null ? request.getRequestId() : known;
    }

    private Proxies.Client client() {
        return proxies.client(request.getRemoteAddr(), underTls(), this::headers);
    }

    /** Jetty also calls a plain connection secure if the target begins with {@code https:}, which anybody can write. */
    private boolean underTls() {
        return request.isSecure() && request.getAttribute(CIPHER) != null;
    }

    @Override
    public <T> @Nullable T attribute(AttributeKey<T> key) {
        Object value = request.getAttribute(key.toString());
        return value == null ? null : key.cast(value);
    }

    @Override
    public <T> void attribute(AttributeKey<T> key, @Nullable T value) {
        if (value == null) {
            request.removeAttribute(key.toString());
        } else {
            request.setAttribute(key.toString(), value);
        }
    }

    @Override
    public byte[] body(int maxBytes) throws IOException {
        BodyStart start = attribute(BodyStart.KEY);
        if (start == null) {
            start = new BodyStart(request.getInputStream());
            attribute(BodyStart.KEY, start);
        }
        byte[] body = start.whole(maxBytes);
        if (maxBytes == 0 && isForm()) {
            refuseUnseen();
        }
        return body;
    }

    /** Whoever asks whether there is no body must not be told so because the container has read it as a form. */
    private void refuseUnseen() throws IOException {
        long length = request.getContentLengthLong();
        if (length > 0) {
            throw new IOException("the body was read as a form before");
        }
        // RFC 9112 section 6.3: without either field there is none. In chunks, or in HTTP/2, there may have been one.
        boolean framed = request.getHeader("Transfer-Encoding") != null
                || !request.getProtocol().startsWith("HTTP/1.");
        if (length < 0 && (framed || formWasRead())) {
            throw new BodyTooLargeException(0);
        }
    }

    /** Whether there are parameters that the query does not have: a connector may hide how the body was framed. */
    private boolean formWasRead() {
        int shown = 0;
        for (String[] values : request.getParameterMap().values()) {
            shown += values.length;
        }
        int inQuery = 0;
        for (List<String> values : UrlEncoded.all(request.getQueryString()).values()) {
            inQuery += values.size();
        }
        return shown > inQuery;
    }

    private boolean isForm() {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    /** The container reads the form, so that the application can as well; what it took from the query does not count. */
    @Override
    public List<String> formParameters(String name) {
        if (!isForm()) {
            return List.of();
        }
        String[] all = request.getParameterValues(name);
        int inQuery = queryParameters(name).size(); // those come first (Servlet 6.0 section 3.1)
        return all == null || all.length <= inQuery ? List.of() : List.of(all).subList(inQuery, all.length);
    }

    /** Containers differ in whether theirs is encoded; what is no encoded path must be the decoded one. */
    private static String decoded(String path) {
        try {
            String text = URI.create(path).getPath();
            return text == null || text.indexOf('\uFFFD') >= 0 ? path : text;
        } catch (IllegalArgumentException notEncoded) {
            return path;
        }
    }

    private static List<String> plus(List<String> found, String value) {
        if (found.isEmpty()) {
            return List.of(value);
        }
        List<String> more = new ArrayList<>(found);
        more.add(value);
        return more;
    }
}
