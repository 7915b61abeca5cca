package io.ostiary.servlet;

import io.ostiary.core.Decision;
import io.ostiary.core.Reply;
import io.ostiary.core.SetCookie;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.spi.IdentityStore;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every guarding filter does; the subclasses only differ in how their init-params are read. */
abstract sealed class AuthFilter implements Filter
        permits AnnotationFilter,
                ApiKeyFilter,
                LoginRequiredFilter,
                PermissionRequiredFilter,
                RoleRequiredFilter,
                RulesFilter {
    private final GuardKind kind;
    private @Nullable Guard guard;

    AuthFilter(GuardKind kind) {
        this.kind = kind;
    }

    @Override
    public final void init(FilterConfig config) throws ServletException {
        Map<String, String> params = new HashMap<>();
        config.getInitParameterNames()
                .asIterator()
                .forEachRemaining(name -> params.put(name, config.getInitParameter(name)));
        try {
            Running running = OstiaryListener.running(config.getServletContext());
            Guard compiled = kind.compile(config.getFilterName(), params, config.getServletContext(), running);
            running.guards(config.getFilterName(), compiled);
            guard = compiled;
        } catch (ConfigurationException mistake) {
            throw new ServletException(mistake.getMessage());
        }
    }

    @Override
    public final void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Guard active = guard;
        if (active == null) {
            throw new ServletException(getClass().getName() + " was not initialised");
        }
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse out)) {
            throw new ServletException(getClass().getName() + " guards HTTP only");
        }
        HttpServletRequest target = DispatchTarget.of(http);
        ServletAuthRequest view = new ServletAuthRequest(target, active.edges().proxies());
        Decision decision = active.engine().decide(view, active.policyFor(target));
        if (decision instanceof Decision.Allow allow) {
            renew(view, out);
            if (allow.identity() != null && active.edges().noStore() && !out.containsHeader("Cache-Control")) {
                out.setHeader("Cache-Control", "no-store");
            }
            HttpServletRequest whole = ReplayedBody.over(http);
            Reply refusal = ReplayedBody.refusal(whole);
            if (refusal != null) {
                ReplyWriter.write(refusal, view, http, out);
                return;
            }
            boolean shown = AuthenticatedRequest.alreadyShows(http, allow.identity());
            chain.doFilter(shown ? whole : new AuthenticatedRequest(whole, out, active, allow.identity()), out);
            return;
        }
        ReplyWriter.write(active.reply(decision, view), view, http, out);
    }

    /** A session that lives in the browser notes there that it was used. */
    private static void renew(ServletAuthRequest view, HttpServletResponse out) {
        SetCookie renewal = view.attribute(IdentityStore.RENEWAL);
        if (renewal != null && !out.isCommitted()) {
            ReplyWriter.addCookies(List.of(renewal), out);
            view.attribute(IdentityStore.RENEWAL, null); // a filter further in must not add it again
        }
    }
}
