package io.ostiary.bench;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A request that allocates next to nothing itself. What the client sends and a library might remember by (cookie, credential)
 * is a new String for every request, as it is in a container; the floor pays for that too.
 */
final class StubRequest extends StubConnection {
    private final ServletContext context;
    private final String method;
    private final String path;
    private final List<String> names = new ArrayList<>();
    private final List<byte[][]> fresh = new ArrayList<>();
    private String[] values = {};
    private int turn;
    private byte[] body;
    private StubBody stream;
    private String cookieName;
    private byte[] cookieBytes;
    private Cookie[] cookies;
    private final String[] attributeNames = new String[64];
    private final Object[] attributeValues = new Object[64];
    private int attributes;
    private HttpSession session;

    StubRequest(ServletContext context, String method, String path) {
        this.context = context;
        this.method = method;
        this.path = path;
        header("Host", "localhost:8080");
    }

    StubRequest header(String name, String value) {
        add(name, value, name.equals("Host") ? null : new byte[][] {value.getBytes(StandardCharsets.ISO_8859_1)});
        return this;
    }

    /** Another value in each request, in turn; all such headers of a request have as many. */
    StubRequest headers(String name, List<byte[]> inTurn) {
        add(name, "", inTurn.toArray(byte[][]::new));
        return this;
    }

    StubRequest body(String type, byte[] bytes) {
        add("Content-Type", type, null);
        body = bytes;
        return this;
    }

    private void add(String name, String value, byte[][] inTurn) {
        names.add(name);
        fresh.add(inTurn);
        String[] more = java.util.Arrays.copyOf(values, names.size());
        more[names.size() - 1] = value;
        values = more;
    }

    StubRequest cookie(String name, String value) {
        cookieName = name;
        cookieBytes = value.getBytes(StandardCharsets.ISO_8859_1);
        return this;
    }

    StubRequest session(HttpSession container) {
        session = container;
        return this;
    }

    /** What a container does for each request. */
    void begin() {
        for (int i = 0; i < attributes; i++) {
            attributeValues[i] = null;
        }
        attributes = 0;
        for (int i = 0; i < values.length; i++) {
            byte[][] inTurn = fresh.get(i);
            if (inTurn != null) {
                int now = inTurn.length == 1 ? 0 : turn % inTurn.length;
                values[i] = new String(inTurn[now], StandardCharsets.ISO_8859_1);
            }
        }
        turn++;
        stream = null;
        if (cookieBytes != null) {
            if (cookies == null) {
                cookies = new Cookie[] {new Cookie(cookieName, "x")};
            }
            cookies[0].setValue(new String(cookieBytes, StandardCharsets.ISO_8859_1));
        }
    }

    /** What a library would see if it unwrapped further. */
    @Override
    public jakarta.servlet.ServletRequest getRequest() {
        return null;
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public String getRequestURI() {
        return path;
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer("http://localhost:8080").append(path);
    }

    @Override
    public String getServletPath() {
        return path;
    }

    @Override
    public String getPathInfo() {
        return null;
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public String getQueryString() {
        return null;
    }

    @Override
    public String getHeader(String name) {
        for (int i = 0; i < values.length; i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return values[i];
            }
        }
        return null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String value = getHeader(name);
        return value == null ? Collections.emptyEnumeration() : new One(value);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(names);
    }

    @Override
    public String getContentType() {
        return getHeader("Content-Type");
    }

    @Override
    public ServletInputStream getInputStream() {
        if (stream == null) {
            stream = new StubBody(body == null ? new byte[0] : body);
        }
        return stream;
    }

    @Override
    public long getDateHeader(String name) {
        return -1;
    }

    @Override
    public Cookie[] getCookies() {
        return cookieBytes == null ? null : cookies;
    }

    @Override
    public Object getAttribute(String name) {
        for (int i = 0; i < attributes; i++) {
            if (attributeNames[i].equals(name)) {
                return attributeValues[i];
            }
        }
        return null;
    }

    @Override
    public void setAttribute(String name, Object value) {
        for (int i = 0; i < attributes; i++) {
            if (attributeNames[i].equals(name)) {
                attributeValues[i] = value;
                return;
            }
        }
        attributeNames[attributes] = name;
        attributeValues[attributes++] = value;
    }

    @Override
    public void removeAttribute(String name) {
        for (int i = 0; i < attributes; i++) {
            if (attributeNames[i].equals(name)) {
                attributeValues[i] = null;
            }
        }
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(List.of(attributeNames).subList(0, attributes));
    }

    @Override
    public HttpSession getSession(boolean create) {
        if (session == null && create) {
            session = new StubSession(context);
        }
        return session;
    }

    @Override
    public HttpSession getSession() {
        return getSession(true);
    }

    @Override
    public String getRequestedSessionId() {
        return session == null ? null : session.getId();
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        return session != null;
    }

    @Override
    public boolean isRequestedSessionIdFromCookie() {
        return session != null;
    }

    @Override
    public boolean isRequestedSessionIdFromURL() {
        return false;
    }

    @Override
    public ServletContext getServletContext() {
        return context;
    }

    private static final class One implements Enumeration<String> {
        private String value;

        One(String value) {
            this.value = value;
        }

        @Override
        public boolean hasMoreElements() {
            return value != null;
        }

        @Override
        public String nextElement() {
            String only = value;
            if (only == null) {
                throw new NoSuchElementException();
            }
            value = null;
            return only;
        }
    }
}
