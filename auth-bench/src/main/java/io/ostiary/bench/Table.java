package io.ostiary.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks and prints the tables for docs/performance.md, as they are to stand there: what each library takes on
 * top of the floor, which has a column of its own. A line is measured after the other, all contenders of a line one after
 * the other, each in a process of its own.
 */
public final class Table {
    private static final List<String> CONTENDERS =
            List.of("ostiary-bare", "ostiary", "pac4j-bare", "pac4j", "spring-bare", "spring", "shiro");

    /** Between its slowest and its fastest iteration, as a part of the mean; more than this is marked. */
    private static final double STEADY = 0.25;

    private final int threads;
    private final boolean quick;
    private final List<String> asked;
    private int failures;

    private Table(int threads, boolean quick, List<String> asked) {
        this.threads = threads;
        this.quick = quick;
        this.asked = asked;
    }

    private record Cell(double nanos, double bytes, boolean steady) {}

    /**
     * Measures and prints.
     *
     * @param args number of threads, 1 if absent; {@code quick} for a run that shows only that everything runs; then names of
     *     contenders, all if absent
     */
    public static void main(String[] args) throws Exception {
        List<String> words = new ArrayList<>(List.of(args));
        boolean quick = words.remove("quick");
        int threads = words.isEmpty() ? 1 : Integer.parseInt(words.remove(0));
        Table table = new Table(threads, quick, words.isEmpty() ? CONTENDERS : words);
        table.head();
        for (Scenario scenario : Scenario.values()) {
            table.line(scenario);
        }
        if (threads == 1) {
            table.growth();
        }
        System.out.println("\n~ before a time: its iterations differ by more than a quarter of it.");
        if (table.failures > 0) {
            throw new IllegalStateException(table.failures + " cells failed");
        }
    }

    private void head() {
        System.out.printf(
                "JDK %s (%s), %s %s, %d processors, %d %s%s%n%n",
                System.getProperty("java.version"),
                System.getProperty("java.vm.vendor"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                threads,
                threads == 1 ? "thread" : "threads",
                quick ? ", quick: not one of these figures means anything" : "");
        System.out.println("| request | floor | " + String.join(" | ", asked) + " |");
        System.out.println("|---|---|" + "---|".repeat(asked.size()));
    }

    private void line(Scenario scenario) {
        List<String> measured = new ArrayList<>();
        measured.add("floor");
        asked.stream()
                .filter(name -> Contenders.named(name, threads).has(scenario))
                .forEach(measured::add);
        Map<String, Cell> cells = new LinkedHashMap<>();
        for (String contender : measured) {
            cells.put(contender, measure(scenario, contender));
        }
        Cell floor = cells.get("floor");
        StringBuilder line = new StringBuilder("| " + scenario.title() + " | " + text(floor) + " |");
        for (String contender : asked) {
            Cell cell = cells.get(contender);
            line.append(cell == null ? " - |" : " " + text(above(cell, floor)) + " |");
        }
        System.out.println(line);
    }

    /** A cell that cannot be measured must not cost the others. */
    private Cell measure(Scenario scenario, String contender) {
        ChainedOptionsBuilder options = scenario.batch() == 0
                ? usual(threads).include(PolicyBenchmark.class.getName())
                : usual(threads).include(OnceBenchmark.class.getName()).warmupIterations(quick ? 1 : 8);
        options.param("scenario", scenario.name()).param("contender", contender);
        try {
            return cell(new Runner(options.build()).runSingle(), Math.max(1, scenario.batch()));
        } catch (RunnerException e) {
            failures++;
            System.err.println(contender + " fails at " + scenario + ':');
            e.printStackTrace();
            return new Cell(Double.NaN, Double.NaN, true);
        }
    }

    private ChainedOptionsBuilder usual(int many) {
        int iterations = quick ? 1 : 5;
        TimeValue time = TimeValue.milliseconds(quick ? 100 : 500);
        return new OptionsBuilder()
                .forks(1)
                .threads(many)
                .warmupIterations(iterations)
                .warmupTime(time)
                .measurementIterations(iterations)
                .measurementTime(time)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class);
    }

    private static Cell cell(RunResult run, int batch) {
        Result<?> time = run.getPrimaryResult();
        Result<?> bytes = run.getSecondaryResults().get("gc.alloc.rate.norm");
        double spread = time.getStatistics().getMax() - time.getStatistics().getMin();
        return new Cell(time.getScore() / batch, bytes.getScore() / batch, spread <= STEADY * time.getScore());
    }

    private static Cell above(Cell cell, Cell floor) {
        return new Cell(cell.nanos - floor.nanos, cell.bytes - floor.bytes, cell.steady);
    }

    private static String text(Cell cell) {
        if (Double.isNaN(cell.nanos)) {
            return "failed";
        }
        String nanos = String.format(Locale.ROOT, "%,d", Math.round(cell.nanos));
        return (cell.steady ? "" : "~") + nanos + " ns / "
                + String.format(Locale.ROOT, "%,d B", Math.round(cell.bytes));
    }

    private void growth() throws RunnerException {
        Collection<RunResult> runs = new Runner(usual(1).include(GrowthBenchmark.class.getName())
                        .jvmArgsAppend("-Xmx4g")
                        .build())
                .run();
        System.out.println("\n| asked of | time and bytes |\n|---|---|");
        for (RunResult run : runs) {
            System.out.println("| " + run.getParams().getParam("of") + " | " + text(cell(run, 1)) + " |");
        }
    }
}
