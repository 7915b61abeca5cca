package io.ostiary.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/** What one request costs under each library, the container left out; the same request again and again. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PolicyBenchmark {
    /** The application, which all threads share. */
    @State(Scope.Benchmark)
    public static class Application {
        @Param({"floor", "ostiary-bare", "ostiary", "pac4j-bare", "pac4j", "spring-bare", "spring", "shiro"})
        public String contender;

        @Param("ROLE")
        public Scenario scenario;

        private Contender.Running running;

        @Setup
        public void start(BenchmarkParams run) throws Exception {
            running = Contenders.named(contender, run.getThreads()).start(scenario);
        }
    }

    /** A client of its own for each thread. */
    @State(Scope.Thread)
    public static class Client {
        private Exchange exchange;

        @Setup
        public void prepare(Application application, ThreadParams thread) throws Exception {
            exchange = application.running.exchange(thread.getThreadIndex());
        }
    }

    @Benchmark
    public int request(Client client) throws Exception {
        return client.exchange.send();
    }
}
