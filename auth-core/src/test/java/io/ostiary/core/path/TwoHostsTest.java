package io.ostiary.core.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.ostiary.core.Reply;
import io.ostiary.testkit.RecordedAnswer;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Open Liberty takes a request that names two hosts; a proxy in front may have judged the other one. */
final class TwoHostsTest {
    private final PathGuard guard = PathGuard.of(Set.of(PathGuard.Tolerance.values()), List.of("/admin/*"));

    private static ThrowingPath naming(String... hosts) {
        return new ThrowingPath() {
            @Override
            public String path() {
                return "/login";
            }

            @Override
            public List<String> headers(String name) {
                return name.equals("Host") ? List.of(hosts) : List.of();
            }
        };
    }

    @Test
    void rfc9112Section32RefusesMoreThanOneHost() {
        Reply reply = Objects.requireNonNull(guard.before(naming("app.example", "evil.example"), new RecordedAnswer()));
        assertEquals(400, reply.status());
        assertEquals("names more than one host", guard.problem(naming("app.example", "app.example")));
    }

    @Test
    void oneHostIsFine() {
        assertNull(guard.problem(naming("app.example")));
        assertNull(guard.problem(naming()));
    }
}
