package com.tokaify.ledger.benchmarks;

/** One client that calls, waits for the answer, and calls again. Used by one thread at a time. */
@FunctionalInterface
public interface Caller {
    /**
     * @return how many consumptions, or rows, are durable now that were not before
     * @throws Exception where any was not; ends the benchmark
     */
    int call() throws Exception;
}
