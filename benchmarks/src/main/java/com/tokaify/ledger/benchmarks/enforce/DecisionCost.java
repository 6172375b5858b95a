package com.tokaify.ledger.benchmarks.enforce;

import com.tokaify.ledger.benchmarks.Options;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What one decision costs in process.
 *
 * @param what which tokens are asked for
 * @param nanos on average
 * @param error half of the 99.9 % confidence interval, in nanoseconds
 */
record DecisionCost(String what, double nanos, double error) {
    private static final String HEAP = "-Xmx1500m";

    /** JMH measures the heap of objects through it and would be warned of at each start. */
    private static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

    private static final int SECONDS = 1;

    /** Lets JMH measure in a JVM of its own. */
    static List<DecisionCost> measure(Options options) throws RunnerException {
        TimeValue time = options.quick() ? TimeValue.milliseconds(100) : TimeValue.seconds(SECONDS);
        OptionsBuilder jmh = new OptionsBuilder();
        jmh.include(DecisionBenchmark.class.getName())
                .param("tokens", Integer.toString(options.tokens()))
                .warmupIterations(options.quick() ? 1 : 5)
                .warmupTime(time)
                .measurementIterations(options.quick() ? 2 : 10)
                .measurementTime(time)
                .forks(1)
                .jvmArgsAppend(HEAP, UNSAFE)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        return new Runner(jmh.build()).run().stream().map(DecisionCost::of).toList();
    }

    private static DecisionCost of(RunResult result) {
        return new DecisionCost(
                result.getPrimaryResult().getLabel(),
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreError());
    }
}
