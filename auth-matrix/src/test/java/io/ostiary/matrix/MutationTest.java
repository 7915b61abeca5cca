package io.ostiary.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** As many mutated targets as {@code ostiary.attacks} says, half by nobody and half by somebody without the role. */
final class MutationTest {
    private static final int COUNT = Integer.getInteger("ostiary.attacks", 2000);
    private static final long SEED = Long.getLong("ostiary.attacks.seed", 20261127L);
    private static Matrix matrix;

    @BeforeAll
    static void start() throws Exception {
        matrix = Matrix.shared();
    }

    @Test
    void noMutationReachesProtectedCode() throws Exception {
        String cookie = matrix.signedIn("vic", "user").cookieLine();
        Judge nobody = new Judge(matrix, "admin", "app", "api");
        Judge vic = new Judge(matrix, "admin", "api");
        Mutations mutations = new Mutations(SEED);
        Tally tally = new Tally();
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            Attacks.Target attack = mutations.next();
            String row = COUNT + " mutated targets, seed " + SEED;
            boolean anonymous = i % 2 == 0;
            String outcome = (anonymous ? nobody : vic)
                    .outcome(
                            attack.method() + " " + attack.target(),
                            () -> matrix.wire()
                                    .request(attack.method(), attack.target(), anonymous ? "X-A: b" : cookie),
                            failures);
            tally.count(row, outcome);
        }
        assertEquals(List.of(), failures.subList(0, Math.min(5, failures.size())), failures.size() + " of " + COUNT);
        tally.write("mutated");
    }

    /** A generator whose targets all die at the door of the container would prove nothing. */
    @Test
    void manyOfThemArriveWhereNothingGuards() throws Exception {
        try (Matrix bare = Matrix.withoutTheKit()) {
            Mutations mutations = new Mutations(SEED);
            int arrived = 0;
            for (int i = 0; i < 500; i++) {
                Attacks.Target attack = mutations.next();
                long before = Ran.times("admin") + Ran.times("app") + Ran.times("api");
                bare.wire().request(attack.method(), attack.target());
                arrived += Ran.times("admin") + Ran.times("app") + Ran.times("api") > before ? 1 : 0;
            }
            assertTrue(arrived > 15, "only " + arrived + " of 500");
        }
    }
}
