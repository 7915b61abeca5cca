package io.ostiary.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.logging.LogManager;

/**
 * Pages through a real Jetty on the loopback address, asked for by a process of its own ({@link LoadClient}): without any
 * filter, with the policy alone, and with the kit as it comes; by session and role, by bearer JWT, and by API key. Many short
 * slices, all of a round in a new random order; each is compared with the slice without a filter of its own round, and what
 * counts is the median of those ratios.
 */
public final class JettyLoad {
    private final List<Measured> all = new ArrayList<>();
    private final Process client;
    private final PrintStream orders;
    private final BufferedReader answers;

    private JettyLoad() throws IOException {
        client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadClient.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        orders = new PrintStream(client.getOutputStream(), true, StandardCharsets.US_ASCII);
        answers = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** One kind of request to one server. */
    private static final class Measured {
        final JettyApp app;
        final JettyApp.Kind kind;
        final List<Double> rates = new ArrayList<>();
        final List<Double> worst = new ArrayList<>();

        Measured(JettyApp app, JettyApp.Kind kind) {
            this.app = app;
            this.kind = kind;
        }
    }

    /**
     * Measures and prints.
     *
     * @param args {@code quick} for a run that shows only that everything runs
     */
    public static void main(String[] args) throws Exception {
        boolean quick = List.of(args).contains("quick");
        LogManager.getLogManager().reset(); // audit lines are made and written nowhere
        List<JettyApp> apps = new ArrayList<>();
        JettyLoad load = new JettyLoad();
        try {
            JettyApp.Credentials credentials = new JettyApp.Credentials();
            for (JettyApp.Kit kit : JettyApp.Kit.values()) {
                apps.add(new JettyApp(kit, credentials));
            }
            load.measure(apps, quick ? 100 : 400, quick ? 3 : 41);
            load.print(quick);
        } finally {
            load.client.destroy();
            for (JettyApp app : apps) {
                app.stop();
            }
        }
    }

    private void measure(List<JettyApp> apps, int millis, int rounds) throws IOException {
        for (JettyApp.Kind kind : JettyApp.Kind.values()) {
            for (JettyApp app : apps) {
                all.add(new Measured(app, kind));
            }
        }
        for (Measured one : all) {
            slice(one, 10 * millis); // for the compilers
            one.rates.clear();
            one.worst.clear();
        }
        Random random = new Random(1);
        List<Measured> order = new ArrayList<>(all);
        for (int i = 0; i < rounds; i++) {
            Collections.shuffle(order, random);
            for (Measured one : order) {
                slice(one, millis);
            }
        }
    }

    private void slice(Measured one, int millis) throws IOException {
        orders.println(one.app.port() + "\t" + one.kind.path() + "\t" + one.app.header(one.kind) + "\t" + millis);
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the client ended; what it said stands above");
        }
        String[] parts = answer.split(" ");
        one.rates.add(Double.parseDouble(parts[0]));
        one.worst.add(Double.parseDouble(parts[1]));
    }

    private void print(boolean quick) {
        System.out.println("JDK " + System.getProperty("java.version") + (quick ? ", quick: means nothing" : ""));
        System.out.println("| request | filter | requests/s | p99 | to no filter | half of the slices |");
        System.out.println("|---|---|---|---|---|---|");
        for (Measured one : all) {
            Measured none = all.stream()
                    .filter(other -> other.kind == one.kind && other.app.kit() == JettyApp.Kit.NONE)
                    .findFirst()
                    .orElseThrow();
            double[] ratios = new double[one.rates.size()];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = one.rates.get(i) / none.rates.get(i);
            }
            Arrays.sort(ratios);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %,.0f | %.1f ms | %.3f | %.2f to %.2f |%n",
                    one.kind.title(),
                    one.app.kit().title(),
                    median(one.rates),
                    median(one.worst) / 1e3,
                    ratios[ratios.length / 2],
                    ratios[ratios.length / 4],
                    ratios[ratios.length * 3 / 4]);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
