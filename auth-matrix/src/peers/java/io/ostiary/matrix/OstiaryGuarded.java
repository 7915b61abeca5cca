package io.ostiary.matrix;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Ostiary as in the other tests: its filters in the web.xml, or one file of rules beside the application. */
record OstiaryGuarded(Matrix matrix) implements Guarded {
    static Guarded start(Policy policy) throws Exception {
        return new OstiaryGuarded(policy.closed() ? Matrix.droppedIn() : Matrix.declared());
    }

    @Override
    public int port() {
        return matrix.port();
    }

    @Override
    public Wire.Answer signIn(Visitor visitor, String name, String query) throws IOException {
        List<String> roles = name.equals("ada") ? List.of("admin") : List.of("user");
        matrix.provider().grants().person(Map.of("sub", name, "roles", roles));
        Wire.Answer start = visitor.open("/auth/login/op" + query);
        if (start.status() != 302) {
            return start;
        }
        return visitor.open("/auth/callback/op?" + matrix.provider().authorize(start.header("Location")));
    }

    @Override
    public String remembered(Wire.Answer refusal) {
        String location = refusal.header("Location");
        return location.contains("?") ? location.substring(location.indexOf('?')) : "";
    }

    @Override
    public void close() {
        matrix.close();
    }
}
