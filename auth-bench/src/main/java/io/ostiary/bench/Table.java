package io.ostiary.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks and prints one table for docs/performance.md: cost above the floor, which stands in its own column. */
public final class Table {
    private static final List<String> CONTENDERS =
            List.of("ostiary-bare", "ostiary", "pac4j-bare", "pac4j", "spring-bare", "spring", "shiro");

    private Table() {}

    /**
     * Measures and prints.
     *
     * @param args number of threads, 1 if absent; then names of contenders, all if absent
     */
    public static void main(String[] args) throws Exception {
        int threads = args.length == 0 ? 1 : Integer.parseInt(args[0]);
        List<String> asked = args.length < 2 ? CONTENDERS : List.of(args).subList(1, args.length);
        List<String> measured = new ArrayList<>(asked);
        measured.add(0, "floor");
        System.out.println("JDK " + System.getProperty("java.version") + ", threads " + threads);
        print(asked, policy(measured, threads));
        growth();
    }

    private static Map<String, double[]> policy(List<String> contenders, int threads) throws Exception {
        Map<String, double[]> cells = new TreeMap<>();
        ChainedOptionsBuilder options = usual(threads).include("PolicyBenchmark");
        options.param("contender", contenders.toArray(String[]::new));
        for (RunResult run : new Runner(options.build()).run()) {
            String cell = run.getParams().getParam("contender") + " "
                    + run.getParams().getParam("scenario");
            cells.put(cell, numbers(run));
        }
        return cells;
    }

    private static ChainedOptionsBuilder usual(int threads) {
        return new OptionsBuilder()
                .forks(1)
                .threads(threads)
                .warmupIterations(6)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class);
    }

    private static double[] numbers(RunResult run) {
        Result<?> bytes = run.getSecondaryResults().get("gc.alloc.rate.norm");
        return new double[] {run.getPrimaryResult().getScore(), bytes == null ? 0 : bytes.getScore()};
    }

    private static void print(List<String> contenders, Map<String, double[]> cells) {
        System.out.println("| request | floor | " + String.join(" | ", contenders) + " |");
        System.out.println("|---|---|" + "---|".repeat(contenders.size()));
        for (Scenario scenario : Scenario.values()) {
            double[] floor = cells.getOrDefault("floor " + scenario, new double[2]);
            StringBuilder line = new StringBuilder("| ")
                    .append(scenario.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append(" | ")
                    .append(text(floor[0], floor[1]))
                    .append(" |");
            for (String contender : contenders) {
                double[] cell = cells.get(contender + " " + scenario);
                line.append(cell == null ? " - |" : " " + text(cell[0] - floor[0], cell[1] - floor[1]) + " |");
            }
            System.out.println(line);
        }
    }

    private static String text(double nanos, double bytes) {
        return String.format(Locale.ROOT, "%,d ns / %,d B", Math.round(nanos), Math.round(bytes));
    }

    private static void growth() throws Exception {
        Collection<RunResult> runs = new Runner(usual(1).include("GrowthBenchmark")
                        .jvmArgsAppend("-Xmx4g")
                        .build())
                .run();
        System.out.println("| asked of | time | bytes |");
        System.out.println("|---|---|---|");
        for (RunResult run : runs) {
            double[] cell = numbers(run);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,.1f ns | %,d B |%n",
                    run.getParams().getParam("of"),
                    cell[0],
                    Math.round(cell[1]));
        }
    }
}
