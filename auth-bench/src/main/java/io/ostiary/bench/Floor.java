package io.ostiary.bench;

import jakarta.servlet.Filter;
import java.util.List;

/** No library: one filter that passes everything on. What it costs is the cost of the stubs. */
final class Floor implements Contender {
    private final StubContext context = new StubContext(java.util.Map.of());
    private final Contender shapes;

    /** Sends the very requests of another contender. */
    Floor(Contender shapes) {
        this.shapes = shapes;
    }

    @Override
    public Exchange exchange(Scenario scenario) throws Exception {
        Exchange like = shapes.exchange(scenario);
        StubRequest request =
                like == null ? new StubRequest(context.context(), "GET", scenario.path()) : like.request();
        Filter pass = (in, out, chain) -> chain.doFilter(in, out);
        return new Exchange(request, List.of(pass));
    }
}
