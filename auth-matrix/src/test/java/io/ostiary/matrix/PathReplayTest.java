package io.ostiary.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every raw request target of the attack file, byte for byte, for three kinds of people who may not. */
final class PathReplayTest {
    private static final String[] BROWSER = {"Accept: text/html", "Sec-Fetch-Mode: navigate"};
    private static Matrix matrix;

    @BeforeAll
    static void start() throws Exception {
        matrix = Matrix.shared();
    }

    @Test
    void noProgramReachesProtectedCode() throws Exception {
        Tally tally = replay(new Judge(matrix, "admin", "app", "api"), "Accept: application/json");
        tally.write("path");
    }

    @Test
    void noBrowserReachesProtectedCode() throws Exception {
        replay(new Judge(matrix, "admin", "app", "api"), BROWSER);
    }

    @Test
    void nobodyReachesWhatTheirRoleDoesNotOpen() throws Exception {
        replay(
                new Judge(matrix, "admin", "api"),
                "Accept: application/json",
                matrix.signedIn("vic", "user").cookieLine());
    }

    private static Tally replay(Judge judge, String... headers) throws Exception {
        Tally tally = new Tally();
        List<String> failures = new ArrayList<>();
        for (Attacks.Target attack : Attacks.targets()) {
            String outcome = judge.outcome(
                    attack.method() + " " + attack.target(),
                    () -> matrix.wire().request(attack.method(), attack.target(), headers),
                    failures);
            tally.count(attack.kind(), outcome);
        }
        assertEquals(List.of(), failures);
        return tally;
    }

    /** Without the kit many of them arrive: the replay would notice. */
    @Test
    void theyArriveWhereNothingGuards() throws Exception {
        try (Matrix bare = Matrix.withoutTheKit()) {
            Tally tally = new Tally();
            Judge judge = new Judge(bare, "admin", "app", "api");
            for (Attacks.Target attack : Attacks.targets()) {
                long before = Ran.times("admin") + Ran.times("app") + Ran.times("api");
                bare.wire().request(attack.method(), attack.target());
                long after = Ran.times("admin") + Ran.times("app") + Ran.times("api");
                tally.count(attack.kind(), after > before ? "arrives" : "does not");
            }
            assertTrue(tally.total("arrives") > 20, "only " + tally.total("arrives"));
            assertTrue(judge.ownPlace("/x") && !judge.ownPlace("//evil.example") && !judge.ownPlace("https://evil"));
            tally.write("bare");
        }
    }
}
