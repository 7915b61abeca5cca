package io.ostiary.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * An include as what it includes: there the request itself still shows the path of the includer, and the target is in
 * attributes only (Servlet 6.0 section 9.3.1).
 */
final class DispatchTarget extends HttpServletRequestWrapper {
    private final String servletPath;

    private DispatchTarget(HttpServletRequest request, String servletPath) {
        super(request);
        this.servletPath = servletPath;
    }

    /** Returns the request itself for every other dispatch: a forward already shows its target. */
    static HttpServletRequest of(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.INCLUDE
                        && request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH) instanceof String path
                ? new DispatchTarget(request, path)
                : request;
    }

    @Override
    public String getServletPath() {
        return servletPath;
    }

    @Override
    public @Nullable String getPathInfo() {
        return getAttribute(RequestDispatcher.INCLUDE_PATH_INFO) instanceof String info ? info : null;
    }

    /** Null, which denies, if the container does not tell. */
    @Override
    public @Nullable HttpServletMapping getHttpServletMapping() {
        return getAttribute(RequestDispatcher.INCLUDE_MAPPING) instanceof HttpServletMapping mapping ? mapping : null;
    }
}
