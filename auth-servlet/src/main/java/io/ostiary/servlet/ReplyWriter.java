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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
        Set<String> begun = new HashSet<>();
        for (Reply.Header header : reply.headers()) {
            if (begun.add(header.name().toLowerCase(Locale.ROOT))) {
                response.setHeader(header.name(), header.value());
            } else {
                response.addHeader(header.name(), header.value());
            }
        }
        addCookies(reply.cookies(), response);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
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
