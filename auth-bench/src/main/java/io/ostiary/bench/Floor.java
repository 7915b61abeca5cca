package io.ostiary.bench;

import jakarta.servlet.Filter;
import java.util.List;

/** No library: one filter that passes everything on. What it costs is the cost of the stubs. */
final class Floor implements Contender {
    private final Contender shapes;

    /** Sends the very requests of another contender. */
    Floor(Contender shapes) {
        this.shapes = shapes;
    }

    @Override
    public boolean has(Scenario scenario) {
        return shapes.has(scenario);
    }

    @Override
    public Running start(Scenario scenario) throws Exception {
        Running like = shapes.start(scenario);
        Filter pass = (in, out, chain) -> chain.doFilter(in, out);
        return thread -> new Exchange(like.exchange(thread).request(), List.of(pass));
    }
}
