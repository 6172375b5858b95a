package com.tokaify.ledger.benchmarks;

import java.time.Duration;

/** One way of measuring a contestant. */
@FunctionalInterface
public interface Trial {
    /**
     * @param warmUp load before the measurement that is not counted
     * @param window how long it lasts, where it does not last until something is done
     * @throws Exception where anything asked for was not done; ends the benchmark
     */
    Measurement run(Duration warmUp, Duration window) throws Exception;
}
