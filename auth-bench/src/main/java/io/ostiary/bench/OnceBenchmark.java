package io.ostiary.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * What requests cost that no application has seen before: tokens all different, signatures with a new nonce. They are made
 * before anything is measured. Each iteration sends the whole batch once, to an application that was started for this
 * iteration alone, beforehand too; so nothing is ever known, and nothing is made or started on the clock.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OnceBenchmark {
    /** One application for each iteration, which all threads share. */
    @State(Scope.Benchmark)
    public static class Applications {
        @Param({"floor", "ostiary-bare", "ostiary", "pac4j-bare", "pac4j", "spring-bare", "spring"})
        public String contender;

        @Param({"NEW_JWT_HS256", "NEW_JWT_RS256", "NEW_JWT_ES256", "SIGNED_HMAC", "SIGNED_ED25519"})
        public Scenario scenario;

        private final List<Contender.Running> running = new ArrayList<>();

        @Setup
        public void start(BenchmarkParams run) throws Exception {
            Contender known = Contenders.named(contender, run.getThreads());
            int iterations = run.getWarmup().getCount() + run.getMeasurement().getCount();
            for (int i = 0; i < iterations; i++) {
                running.add(known.start(scenario));
            }
        }
    }

    /** A client of its own for each thread and iteration. */
    @State(Scope.Thread)
    public static class Client {
        private final Queue<Exchange> later = new ArrayDeque<>();
        private Exchange exchange;
        private int batch;

        @Setup
        public void prepare(Applications applications, ThreadParams thread) throws Exception {
            batch = applications.scenario.batch();
            for (Contender.Running running : applications.running) {
                later.add(running.exchange(thread.getThreadIndex()));
            }
        }

        @Setup(Level.Iteration)
        public void next() {
            exchange = later.remove();
        }
    }

    @Benchmark
    public int batch(Client client) throws Exception {
        for (int i = 0; i < client.batch; i++) {
            if (client.exchange.send() != 200) {
                throw new IllegalStateException("request " + i + " is refused: " + client.exchange.response());
            }
        }
        return client.batch;
    }
}
