package io.ostiary.bench;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** An answer that allocates nothing itself. */
final class StubResponse extends HttpServletResponseWrapper {
    private final String[] names = new String[64];
    private final String[] values = new String[64];
    private int headers;
    private int status;
    private final PrintWriter writer = new PrintWriter(Writer.nullWriter());
    private final ServletOutputStream out = new ServletOutputStream() {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int b) {}

        @Override
        public void write(byte[] bytes, int from, int length) {}
    };

    StubResponse() {
        super((HttpServletResponse) Proxy.newProxyInstance(
                StubResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, call, args) -> {
                    throw new UnsupportedOperationException("a stub has no " + call.getName());
                }));
    }

    void begin() {
        headers = 0;
        status = 200;
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void setStatus(int code) {
        status = code;
    }

    @Override
    public void sendError(int code) {
        status = code;
    }

    @Override
    public void sendError(int code, String message) {
        status = code;
    }

    @Override
    public void sendRedirect(String location) {
        status = 302;
        setHeader("Location", location);
    }

    @Override
    public boolean isCommitted() {
        return false;
    }

    @Override
    public void reset() {
        begin();
    }

    @Override
    public void resetBuffer() {}

    @Override
    public void flushBuffer() {}

    @Override
    public void setHeader(String name, String value) {
        for (int i = 0; i < headers; i++) {
            if (names[i].equalsIgnoreCase(name)) {
                values[i] = value;
                return;
            }
        }
        addHeader(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        names[headers] = name;
        values[headers++] = value;
    }

    @Override
    public void setDateHeader(String name, long date) {
        setHeader(name, "date");
    }

    @Override
    public void addCookie(Cookie cookie) {
        addHeader("Set-Cookie", cookie.getName());
    }

    @Override
    public boolean containsHeader(String name) {
        return getHeader(name) != null;
    }

    @Override
    public String getHeader(String name) {
        for (int i = 0; i < headers; i++) {
            if (names[i].equalsIgnoreCase(name)) {
                return values[i];
            }
        }
        return null;
    }

    @Override
    public Collection<String> getHeaders(String name) {
        String value = getHeader(name);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public Collection<String> getHeaderNames() {
        return new ArrayList<>(List.of(names).subList(0, headers));
    }

    @Override
    public void setContentType(String type) {
        setHeader("Content-Type", type);
    }

    @Override
    public String getContentType() {
        return getHeader("Content-Type");
    }

    @Override
    public void setCharacterEncoding(String encoding) {}

    @Override
    public void setContentLength(int length) {}

    @Override
    public void setContentLengthLong(long length) {}

    @Override
    public ServletOutputStream getOutputStream() {
        return out;
    }

    @Override
    public PrintWriter getWriter() {
        return writer;
    }

    @Override
    public String encodeRedirectURL(String url) {
        return url;
    }

    @Override
    public String encodeURL(String url) {
        return url;
    }

    /** Shows status and headers. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(status);
        for (int i = 0; i < headers; i++) {
            text.append('\n').append(names[i]).append(": ").append(values[i]);
        }
        return text.toString();
    }
}
