package io.ostiary.sample;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** A filter of the application that answers by itself, as many do: whatever comes after it is never asked. */
public final class DroppedFilter implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = ((HttpServletRequest) request).getServletPath();
        if (path.endsWith(".go")) {
            request.getRequestDispatcher("/page/secret").forward(request, response);
        } else if (path.endsWith(".now")) {
            response.getWriter().print("answered by the filter");
        } else {
            chain.doFilter(request, response);
        }
    }
}
