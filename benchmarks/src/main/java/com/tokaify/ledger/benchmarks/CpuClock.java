package com.tokaify.ledger.benchmarks;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The processor time of all that a benchmark runs: its JVMs with their callers, PostgreSQL with all
 * its processes, Kafka, the services. What others do on the machine is not in it, so it repeats
 * where rates do not.
 */
public final class CpuClock {
    private static final Duration GLANCE = Duration.ofMillis(400);

    /** Of one core: what idle servers use, with a margin. */
    private static final double QUIET = 0.35;

    /** Names the process of the benchmark to the JVMs it starts, so that all count the same. */
    static final String BENCHMARK = "ledger.benchmark.process";

    private CpuClock() {}

    private static ProcessHandle benchmark() {
        Long process = Long.getLong(BENCHMARK);
        return process == null ? ProcessHandle.current() : ProcessHandle.of(process).orElseThrow();
    }

    /** Used since they started, of those that still run. */
    public static Duration used() {
        ProcessHandle benchmark = benchmark();
        return Stream.concat(Stream.of(benchmark), benchmark.descendants())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Waits until whatever was begun is done, but no longer than the limit. */
    public static void awaitQuiet(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        double use = 1;
        while (use > QUIET && System.nanoTime() < deadline) {
            Duration before = used();
            LockSupport.parkNanos(GLANCE.toNanos());
            use = used().minus(before).toNanos() / (double) GLANCE.toNanos();
        }
    }
}
