package io.ostiary.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.server.Server;

/**
 * What the kit adds to the first start in a process, which loads its classes: each round is a process of its own that
 * starts Jetty twice without the kit and then with it. Prints; for hand-run measurements.
 */
public final class FirstStart {
    private static final int ROUNDS = 20;
    private static final String ROUND = "round";

    private FirstStart() {}

    public static void main(String[] args) throws Exception {
        if (List.of(args).contains(ROUND)) {
            Took unused = start(false);
            Took without = start(false);
            Took with = start(true);
            System.out.println((with.passed - without.passed) + " " + (with.worked - without.worked));
            return;
        }
        long[] passed = new long[ROUNDS];
        long[] worked = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            String[] took = round().strip().split(" ", -1);
            passed[i] = Long.parseLong(took[0]) / 1_000_000;
            worked[i] = Long.parseLong(took[1]) / 1_000_000;
        }
        print("added to the first start of a process", passed);
        print("of that, work of the thread that starts", worked);
    }

    private record Took(long passed, long worked) {}

    private static Took start(boolean guarded) throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        long work = threads.getCurrentThreadCpuTime();
        long time = System.nanoTime();
        Server server = Idle.jetty(guarded);
        Took took = new Took(System.nanoTime() - time, threads.getCurrentThreadCpuTime() - work);
        server.stop();
        return took;
    }

    private static String round() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), FirstStart.class.getName(), ROUND)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("a round failed");
        }
        return line;
    }

    private static void print(String what, long[] millis) {
        Arrays.sort(millis);
        System.out.printf(
                "%s: median of %d: %d ms (%d to %d)%n",
                what, ROUNDS, millis[ROUNDS / 2], millis[0], millis[ROUNDS - 1]);
    }
}
