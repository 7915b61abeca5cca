package io.ostiary.servlet;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.Decision;
import io.ostiary.core.Identity;
import io.ostiary.core.Policies;
import io.ostiary.core.Reply;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** What the application sees: the standard methods on who is logged in, answered by the kit (Servlet 6.0 section 13.3). */
final class AuthenticatedRequest extends HttpServletRequestWrapper {
    /** Attribute of the container's session: for whom the application keeps things there. */
    private static final String OWNER = "io.ostiary.owner";

    private final Guard guard;
    private final HttpServletResponse response;
    private @Nullable Identity identity;

    AuthenticatedRequest(
            HttpServletRequest request, HttpServletResponse response, Guard guard, @Nullable Identity identity) {
        super(request);
        this.guard = guard;
        this.response = response;
        this.identity = identity;
    }

    /** Tells whether an earlier filter already shows this very identity to the application. */
    static boolean alreadyShows(HttpServletRequest request, @Nullable Identity identity) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            if (wrapper instanceof AuthenticatedRequest known) {
                return known.identity != null && known.identity.equals(identity);
            }
            inner = wrapper.getRequest();
        }
        return false;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return identity;
    }

    @Override
    public @Nullable String getRemoteUser() {
        return identity == null ? null : identity.name();
    }

    @Override
    public @Nullable String getAuthType() {
        return identity == null ? null : identity.scheme();
    }

    @Override
    public boolean isUserInRole(String role) {
        return identity != null && identity.hasRole(role);
    }

    @Override
    public HttpSession getSession() {
        HttpSession session = getSession(true);
        if (session == null) {
            throw new IllegalStateException("the container made no session");
        }
        return session;
    }

    /** What the application kept for somebody is not shown to whoever signs in next in that browser, however it ended. */
    @Override
    public @Nullable HttpSession getSession(boolean create) {
        HttpSession session = super.getSession(create);
        if (session == null || identity == null || !identity.scheme().equals(AuthEngine.SESSION)) {
            return session;
        }
        String somebody = identity.issuer() + ' ' + identity.subject();
        Object owner = session.getAttribute(OWNER);
        if (owner != null && !owner.equals(somebody)) {
            session.invalidate();
            return getSession(create);
        }
        if (owner == null) {
            session.setAttribute(OWNER, somebody);
        }
        return session;
    }

    @Override
    public boolean authenticate(HttpServletResponse target) throws IOException {
        if (identity != null) {
            return true;
        }
        ServletAuthRequest view = new ServletAuthRequest(this, guard.edges().proxies());
        Decision decision = guard.engine().decide(view, Policies.authenticated());
        if (decision instanceof Decision.Allow allow) {
            identity = allow.identity();
            return true;
        }
        ReplyWriter.write(guard.answers().of(decision, view, guard.mode()), view, this, target);
        return false;
    }

    @Override
    public void login(String username, String password) throws ServletException {
        throw new ServletException(
                identity == null
                        ? "logging in by name and password is not set up; send the user to the login page"
                        : "somebody is logged in already");
    }

    @Override
    public void logout() throws ServletException {
        identity = null;
        try {
            ReplyWriter.addCookies(
                    guard.engine()
                            .logout(new ServletAuthRequest(this, guard.edges().proxies())),
                    response);
        } catch (RuntimeException fault) {
            throw new ServletException("the session could not be ended", fault);
        }
        ReplyWriter.follow(Reply.Effect.LOGGED_OUT, this);
    }
}
