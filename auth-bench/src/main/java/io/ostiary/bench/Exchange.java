package io.ostiary.bench;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.List;

/** Requests of one kind, sent one after the other through the same filters. For one thread. */
public final class Exchange implements FilterChain {
    private final StubRequest request;
    private final StubResponse response = new StubResponse();
    private final Filter[] filters;
    private int next;
    private boolean reached;

    Exchange(StubRequest request, List<Filter> filters) {
        this.request = request;
        this.filters = filters.toArray(Filter[]::new);
    }

    /** Sends the next one. Returns the status: 200 only if the application was reached. */
    public int send() throws IOException, ServletException {
        request.begin();
        response.begin();
        next = 0;
        reached = false;
        doFilter(request, response);
        int status = response.getStatus();
        return status == 200 && !reached ? 0 : status;
    }

    StubRequest request() {
        return request;
    }

    StubResponse response() {
        return response;
    }

    @Override
    public void doFilter(ServletRequest in, ServletResponse out) throws IOException, ServletException {
        if (next < filters.length) {
            filters[next++].doFilter(in, out, this);
        } else {
            reached = true;
        }
    }

    /** Sends it a few times and fails unless each answer is the expected one; what may be sent only once is not sent. */
    Exchange checked(Scenario scenario, Object who) throws IOException, ServletException {
        for (int i = 0; i < 3 && scenario.batch() == 0; i++) {
            int status = send();
            if (status != scenario.status()) {
                throw new IllegalStateException(who + " answers " + status + " to " + scenario + ": " + response);
            }
        }
        return this;
    }
}
