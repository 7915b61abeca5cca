package io.ostiary.servlet;

import io.ostiary.core.Answers;
import io.ostiary.core.Reply;
import io.ostiary.core.UrlEncoded;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives the application the body that the kit has read to check its digest: as a stream, a reader, or the parameters of a
 * form, as UTF-8. The container's own parsing of such a body ({@code getParts}) and reading it by a listener are not there.
 */
final class ReplayedBody extends HttpServletRequestWrapper {
    /** Of a form of which not everything was read yet. */
    private static final int MAX_FORM = 1024 * 1024;

    /** What containers allow, which do not read such a form. */
    private static final int MAX_PARAMETERS = 1000;

    private final BodyStart start;
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;
    private @Nullable Map<String, String[]> parameters;

    private ReplayedBody(HttpServletRequest request, BodyStart start) {
        super(request);
        this.start = start;
    }

    /** The request itself if nothing of its body was read, or it is replayed already. */
    static HttpServletRequest over(HttpServletRequest request) {
        Object read = request.getAttribute(BodyStart.KEY.toString());
        return read instanceof BodyStart start && !start.isEmpty() && !isOver(request)
                ? new ReplayedBody(request, start)
                : request;
    }

    /** Null unless what was read has more parameters than a form may have; whoever signed it is told before anybody reads it. */
    static @Nullable Reply refusal(HttpServletRequest request) {
        return request instanceof ReplayedBody replayed
                        && replayed.isForm()
                        && parameters(replayed.start.soFar()) > MAX_PARAMETERS
                ? Answers.problem(413, "too-many-parameters", "Content Too Large", "")
                : null;
    }

    private static int parameters(byte[] form) {
        int count = 1;
        for (byte octet : form) {
            count += octet == '&' ? 1 : 0;
        }
        return count;
    }

    private static boolean isOver(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            if (wrapper instanceof ReplayedBody) {
                return true;
            }
            inner = wrapper.getRequest();
        }
        return false;
    }

    @Override
    public ServletInputStream getInputStream() {
        if (reader != null) {
            throw new IllegalStateException("getReader() was called for this request");
        }
        if (stream == null) {
            stream = new Replay(start);
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (stream != null) {
            throw new IllegalStateException("getInputStream() was called for this request");
        }
        if (reader == null) {
            String named = getCharacterEncoding();
            Charset charset = named == null ? StandardCharsets.ISO_8859_1 : Charset.forName(named);
            reader = new BufferedReader(new InputStreamReader(new Replay(start), charset));
        }
        return reader;
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterValues(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        String[] values = getParameterMap().get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    /** Those of the query come first (Servlet 6.0 section 3.1). */
    @Override
    public Map<String, String[]> getParameterMap() {
        if (!isForm()) {
            return super.getParameterMap();
        }
        if (parameters == null) {
            Map<String, List<String>> all = UrlEncoded.all(getQueryString());
            UrlEncoded.all(new String(wholeForm(), StandardCharsets.UTF_8))
                    .forEach((name, values) -> all.computeIfAbsent(name, unused -> new ArrayList<>())
                            .addAll(values));
            Map<String, String[]> read = new LinkedHashMap<>();
            all.forEach((name, values) -> read.put(name, values.toArray(String[]::new)));
            parameters = Collections.unmodifiableMap(read);
        }
        return parameters;
    }

    /** What was read to be refused for its length is not all there is. */
    private byte[] wholeForm() {
        try {
            byte[] form = start.whole(Math.max(start.soFar().length, MAX_FORM));
            if (parameters(form) > MAX_PARAMETERS) {
                throw new IllegalStateException("the form has more than " + MAX_PARAMETERS + " parameters");
            }
            return form;
        } catch (IOException e) {
            throw new IllegalStateException("the form could not be read", e);
        }
    }

    private boolean isForm() {
        String type = getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    private static final class Replay extends ServletInputStream {
        private final InputStream in;
        private boolean finished;

        Replay(BodyStart start) {
            in = new SequenceInputStream(new ByteArrayInputStream(start.soFar()), start.rest());
        }

        @Override
        public int read() throws IOException {
            int octet = in.read();
            finished = octet < 0;
            return octet;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count = in.read(into, from, length);
            finished = count < 0;
            return count;
        }

        @Override
        public boolean isFinished() {
            return finished;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body was read to check its digest; read it without a listener");
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
