package io.ostiary.matrix;

import java.util.Map;

/** No library at all: what the container lets arrive. */
record Bare(Site site) implements Guarded {
    static Guarded start() throws Exception {
        return new Bare(Site.start("", Map.of()));
    }

    @Override
    public int port() {
        return site.port();
    }

    @Override
    public Wire.Answer signIn(Visitor visitor, String name, String query) {
        return new Wire.Answer(0, "", "");
    }

    @Override
    public void close() {
        site.close();
    }
}
