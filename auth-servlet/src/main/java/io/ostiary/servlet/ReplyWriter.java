package io.ostiary.servlet;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.Reply;
import io.ostiary.core.SetCookie;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes replies; the only place that does. */
final class ReplyWriter {
    private static final System.Logger LOG = System.getLogger(ReplyWriter.class.getName());

    private ReplyWriter() {}

    /** Writes the whole answer. If it is too late for one, nothing more is written: the application is not called either way. */
    static void write(Reply reply, AuthRequest view, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        follow(reply.effect(), request);
        if (response.isCommitted() || request.getDispatcherType() == DispatcherType.INCLUDE) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a refusal with status {0} cannot be shown: {1} is included or already answered; nothing was run",
                    reply.status(),
                    printable(view.path()));
            return;
        }
        response.resetBuffer();
        response.setStatus(reply.status());
        List<Reply.Header> headers = reply.headers();
        for (int i = 0; i < headers.size(); i++) {
            Reply.Header header = headers.get(i);
            if (begun(headers, i)) {
                response.addHeader(header.name(), header.value());
            } else {
                response.setHeader(header.name(), header.value());
            }
        }
        addCookies(reply.cookies(), response);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        boolean head = request.getMethod().equals("HEAD");
        if (head || response.containsHeader("Content-Length")) {
            response.setContentLength(body.length);
        }
        if (!head) {
            // Without a length of ours the container says so if it closes over a body that nobody read.
            response.getOutputStream().write(body);
        }
    }

    /** The first line of a name replaces what an application or an edge step set; the others join it. */
    private static boolean begun(List<Reply.Header> headers, int at) {
        for (int i = 0; i < at; i++) {
            if (headers.get(i).name().equalsIgnoreCase(headers.get(at).name())) {
                return true;
            }
        }
        return false;
    }

    static void addCookies(List<SetCookie> cookies, HttpServletResponse response) {
        for (SetCookie cookie : cookies) {
            // By hand: some containers drop SameSite when a Cookie object is added.
            response.addHeader("Set-Cookie", cookie.headerValue());
        }
    }

    /** The container's own session gets a new id at login and ends at logout, so that neither survives a change of person. */
    static void follow(Reply.Effect effect, HttpServletRequest request) {
        if (effect == Reply.Effect.NONE) {
            return;
        }
        HttpSession session = request.getSession(false);
        if (session == null) {
            return;
        }
        if (effect == Reply.Effect.LOGGED_IN) {
            request.changeSessionId();
        } else {
            session.invalidate();
        }
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x21-\\x7e]", "?");
    }
}
