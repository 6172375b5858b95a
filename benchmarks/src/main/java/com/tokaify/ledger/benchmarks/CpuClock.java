package com.tokaify.ledger.benchmarks;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * The processor time of all that a benchmark runs: this JVM with its callers, PostgreSQL with all
 * its processes, Kafka, the services. What others do on the machine is not in it, so it repeats
 * where rates do not.
 */
final class CpuClock {
    private CpuClock() {}

    /** Used since they started, of those that still run. */
    static Duration used() {
        ProcessHandle self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
