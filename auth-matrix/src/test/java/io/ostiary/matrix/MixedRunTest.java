package io.ostiary.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ostiary.testkit.FakeOpenIdProviderAnswer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand requests, right, wrong and broken off, while the store, the provider and the listener fail now and then: each
 * answer is the one that it should be, protected code runs exactly as often as somebody was let in, and nothing grows.
 */
final class MixedRunTest {
    private static final int ALL = 10_000;
    private static final int EARLY = 2_000;
    private static final int STRETCH = 100;
    private static final int CLIENTS = 4;
    /** More than the newest rows, idle connections and compiled code need, and far less than a leak of 8 kB a request. */
    private static final long MOST_BYTES = 32L * 1024 * 1024;

    private static final int MOST_THREADS = 24;
    private final Random random = new Random(20261128);
    private final List<String> wrong = new ArrayList<>();
    private long admitted;

    @Test
    void tenThousandRequestsWithFaultsLetNobodyThroughAndLeaveNothingBehind() throws Exception {
        assumeTrue(Set.of("jetty-ee10", "tomcat-11").contains(Container.name()), "one of each kind is enough");
        List<Handler> loud = List.of(Logger.getLogger("").getHandlers()).stream()
                .filter(handler -> !handler.getLevel().equals(Level.ALL)) // not the one that looks for secrets
                .toList();
        List<Level> levels = loud.stream().map(Handler::getLevel).toList();
        loud.forEach(handler -> handler.setLevel(Level.OFF)); // thousands of stack traces that are meant to be
        try (Matrix matrix = Matrix.faulty()) {
            run(matrix);
        } finally {
            for (int i = 0; i < loud.size(); i++) {
                loud.get(i).setLevel(levels.get(i));
            }
            Faults.none();
        }
    }

    private void run(Matrix matrix) throws Exception {
        Faults.none();
        MixedRequests requests = new MixedRequests(matrix);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        long before = ran();
        Size early = new Size(0, 0);
        try {
            for (int sent = 0; sent < ALL; sent += STRETCH) {
                if (sent == EARLY) {
                    early = Size.now();
                }
                stretch(matrix, requests, clients);
            }
        } finally {
            clients.shutdownNow();
        }
        assertTrue(Faults.awaitNobodyIn(), "a request is stuck");
        Size late = Size.now();
        assertEquals(List.of(), wrong);
        assertEquals(admitted, ran() - before, "protected code ran for nobody else");
        assertTrue(admitted > ALL / 10, "only " + admitted + " were let in");
        assertTrue(late.bytes() - early.bytes() < MOST_BYTES, early + " became " + late);
        assertTrue(late.threads() - early.threads() < MOST_THREADS, early + " became " + late);
    }

    /** The world stays as it is for so many requests, which several clients send at a time. */
    private void stretch(Matrix matrix, MixedRequests requests, ExecutorService clients) throws Exception {
        Faults.none();
        boolean storeDown = random.nextInt(4) == 0;
        if (storeDown) {
            Faults.store(Faults.Store.DOWN);
        }
        if (random.nextInt(4) == 0) {
            Faults.deaf();
        }
        boolean providerDown = random.nextInt(3) == 0;
        matrix.provider().straighten();
        if (providerDown) {
            matrix.provider()
                    .replace("/token", FakeOpenIdProviderAnswer.text(502, "text/html", "<h1>Bad Gateway</h1>"));
        }
        MixedRequests.World world = new MixedRequests.World(storeDown, providerDown);
        List<Future<MixedRequests.Verdict>> verdicts = new ArrayList<>();
        for (int i = 0; i < STRETCH; i++) {
            MixedRequests.Kind kind = MixedRequests.Kind.any(random);
            int seed = random.nextInt();
            verdicts.add(clients.submit(() -> requests.send(kind, world, seed)));
        }
        for (Future<MixedRequests.Verdict> one : verdicts) {
            MixedRequests.Verdict verdict = one.get();
            admitted += verdict.admitted() ? 1 : 0;
            if (!verdict.wrong().isEmpty()) {
                wrong.add(verdict.wrong());
            }
        }
    }

    private static long ran() {
        return Arrays.asList("admin", "app", "api").stream()
                .mapToLong(Ran::times)
                .sum();
    }

    private record Size(long bytes, int threads) {
        static Size now() {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 4; i++) {
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
            }
            return new Size(least, ManagementFactory.getThreadMXBean().getThreadCount());
        }
    }
}
