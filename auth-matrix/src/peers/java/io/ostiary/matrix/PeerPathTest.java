package io.ostiary.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same targets with the same policy against each library. What others let through is counted and no failure of this
 * build; that their controls work is asserted, because a library that is set up wrongly proves nothing.
 */
@Tag("peers")
final class PeerPathTest {
    private static final int MUTATED = 2000;
    private static final long SEED = 20261127L;
    private static final List<String> LEGITIMATE = List.of(
            "/admin",
            "/admin/",
            "/admin/x",
            "/app/home?x=1&y=2",
            "/app/x?u=https://other.example/",
            "/app/x?q=%2F%2F",
            "/app/x.json",
            "/app/~user/",
            "/app/a:b",
            "/app/a@b",
            "/app/a,b(c)!",
            "/app/a+b",
            "/app/o'neil",
            "/app/a%20b",
            "/app/%C3%BC",
            "/app/%E2%82%AC",
            "/app/100%25",
            "/app/a;v=1",
            "/app/a%3Bb",
            "/app/a%2Fb",
            "/app/a//b");

    @Test
    void withTheRestOpen() throws Exception {
        replay(Policy.REST_OPEN, "peers-open");
    }

    @Test
    void withTheRestClosed() throws Exception {
        replay(Policy.REST_CLOSED, "peers-closed");
    }

    private static void replay(Policy policy, String part) throws Exception {
        Tally tally = new Tally();
        Tally plain = new Tally();
        List<String> seen = new ArrayList<>();
        for (Library library : Library.values()) {
            try (Guarded site = library.start(policy)) {
                PathReplay replay = new PathReplay(library, site, tally, seen);
                PathReplay.Caller vic = PathReplay.Caller.vic(site);
                if (library != Library.NONE) {
                    assertControls(library, replay, vic, PathReplay.Caller.ada(site));
                    legitimate(library, replay, PathReplay.Caller.ada(site), plain);
                }
                replay.replay(Attacks.targets(), PathReplay.Caller.nobody(), vic);
                replay.mutated(MUTATED, SEED, PathReplay.Caller.nobody(), vic);
            }
        }
        String own = Library.OSTIARY.title + ",";
        assertEquals(
                List.of(), seen.stream().filter(line -> line.startsWith(own)).toList());
        tally.write(part);
        plain.write(part + "-own");
        Files.write(Tally.DIRECTORY.resolve(Container.name() + "." + part + "-seen.tsv"), seen);
    }

    /** Plain targets: closed to nobody and to somebody without the role, open to whoever may. */
    private static void assertControls(Library library, PathReplay replay, PathReplay.Caller vic, PathReplay.Caller ada)
            throws IOException {
        PathReplay.Caller nobody = PathReplay.Caller.nobody();
        for (String target : List.of("/admin", "/admin/x", "/app", "/app/home", "/api/v1/data")) {
            assertEquals(
                    PathReplay.REFUSED,
                    replay.outcome(new Attacks.Target("GET", target, "control"), nobody),
                    library + " " + target);
        }
        assertEquals(
                PathReplay.REFUSED,
                replay.outcome(new Attacks.Target("GET", "/admin/x", "control"), vic),
                "" + library);
        assertEquals(
                List.of("yes", "yes"),
                List.of(
                        replay.legitimate("/app/home", new PathReplay.Caller("vic", vic.header(), List.of("app"))),
                        replay.legitimate("/admin/x", ada)),
                "" + library);
    }

    private static void legitimate(Library library, PathReplay replay, PathReplay.Caller ada, Tally plain)
            throws IOException {
        for (String target : LEGITIMATE) {
            plain.count(library.title + ": " + target, replay.legitimate(target, ada));
        }
    }
}
