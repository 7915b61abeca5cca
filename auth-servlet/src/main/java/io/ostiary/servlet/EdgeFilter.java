package io.ostiary.servlet;

import io.ostiary.core.AnswerMode;
import io.ostiary.core.Decision;
import io.ostiary.core.Reply;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.core.spi.EdgeStep;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every filter does that works before anybody asks who is asking; the subclasses differ in which steps they take. */
abstract sealed class EdgeFilter implements Filter
        permits CanonicalPathFilter, CorsFilter, CsrfFilter, DefaultEdgeFilter, RateLimitFilter, SecurityHeadersFilter {
    private @Nullable Compiled compiled;

    EdgeFilter() {}

    /** The steps, ready to run. */
    private record Compiled(Ostiary ostiary, List<EdgeStep> steps) {}

    /** Compiles the settings of the filter, or stops the start. */
    abstract List<EdgeStep> compile(FilterConfig config, Running running);

    /** Tells whether this has run for the very dispatch already. */
    boolean done(HttpServletRequest request) {
        return false;
    }

    @Override
    public final void init(FilterConfig config) throws ServletException {
        try {
            Running running = OstiaryListener.running(config.getServletContext());
            compiled = new Compiled(running.ostiary(), List.copyOf(compile(config, running)));
        } catch (ConfigurationException mistake) {
            throw new ServletException(mistake.getMessage());
        }
    }

    @Override
    public final void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Compiled active = compiled;
        if (active == null) {
            throw new ServletException(getClass().getName() + " was not initialised");
        }
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse out)) {
            throw new ServletException(getClass().getName() + " is for HTTP only");
        }
        if (done(http)) {
            chain.doFilter(request, response);
            return;
        }
        ServletAuthRequest view =
                new ServletAuthRequest(http, active.ostiary().edges().proxies());
        Reply reply = reply(active, view, http, out);
        HttpServletRequest whole = ReplayedBody.over(http);
        reply = reply == null ? ReplayedBody.refusal(whole) : reply;
        if (reply == null) {
            chain.doFilter(whole, response);
        } else {
            ReplyWriter.write(reply, view, http, out);
        }
    }

    private static @Nullable Reply reply(
            Compiled active, ServletAuthRequest view, HttpServletRequest request, HttpServletResponse response) {
        Headers headers = new Headers(response);
        boolean errorPage = request.getDispatcherType() == DispatcherType.ERROR;
        try {
            List<EdgeStep> steps = active.steps();
            for (int i = 0; i < steps.size(); i++) { // each request comes through here: no iterator
                EdgeStep step = steps.get(i);
                // The request behind an error page was judged when it came; a container may have dropped its headers.
                Reply reply = errorPage && !step.always() ? null : step.before(view, headers);
                if (reply != null) {
                    return reply;
                }
            }
            return null;
        } catch (RuntimeException | StackOverflowError fault) {
            Decision.Unavailable denied =
                    (Decision.Unavailable) active.ostiary().engine().unavailable(view, fault);
            return active.ostiary().answers().of(denied, view, AnswerMode.AUTO);
        }
    }

    private record Headers(HttpServletResponse response) implements EdgeStep.Answer {
        @Override
        public void set(String name, String value) {
            response.setHeader(name, value);
        }

        @Override
        public void add(String name, String value) {
            response.addHeader(name, value);
        }
    }
}
