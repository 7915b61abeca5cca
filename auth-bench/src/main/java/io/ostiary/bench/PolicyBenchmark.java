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

/** What one request costs under each library, the container left out. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class PolicyBenchmark {
    @Param({"floor", "ostiary-bare", "ostiary", "pac4j-bare", "pac4j", "spring-bare", "spring", "shiro"})
    public String contender;

    @Param
    public Scenario scenario;

    private Exchange exchange;

    @Setup
    public void prepare() throws Exception {
        exchange = Contenders.named(contender).exchange(scenario);
        if (exchange == null) {
            throw new UnsupportedOperationException(contender + " has no " + scenario);
        }
    }

    @Benchmark
    public int request() throws Exception {
        return exchange.send();
    }
}
