package com.tokaify.ledger.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.benchmarks.Contestant.Kind;
import com.tokaify.ledger.local.JvmCommand;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A road in a JVM of its own, as the benchmark sees it. Idle but for the windows it is asked to
 * measure, and gone with the benchmark, whose end is the end of its input. One thread.
 */
final class RoadProcess implements AutoCloseable {
    /** As standalone gives it to command-service by default. */
    private static final String HEAP = "1g";

    private final InProcessRoad road;
    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    private RoadProcess(InProcessRoad road, Process process) {
        this.road = road;
        this.process = process;
        this.orders = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
    }

    /**
     * Starts the JVM and waits until the road is open.
     *
     * @param tokens the file they are written in
     */
    static RoadProcess start(InProcessRoad road, LedgerStore store, Path tokens)
            throws IOException {
        String benchmark = "-D" + CpuClock.BENCHMARK + "=" + ProcessHandle.current().pid();
        ProcessBuilder builder =
                new ProcessBuilder(
                                new JvmCommand(HEAP, List.of(benchmark))
                                        .main(RoadMain.class, road.name(), tokens.toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(store.environment());
        RoadProcess started = new RoadProcess(road, builder.start());
        String first = started.answer();
        if (!first.equals(RoadMain.READY)) {
            throw new IllegalStateException(road + " says '" + first + "' instead of being ready");
        }
        return started;
    }

    /**
     * @param items consumptions in each call
     */
    Contestant contestant(String name, Skew skew, Kind kind, int callers, int items) {
        return new Contestant(
                name,
                skew,
                kind,
                callers,
                (warmUp, window) -> measure(new RoadOrder(skew, callers, items, warmUp, window)));
    }

    private Measurement measure(RoadOrder order) throws IOException {
        orders.write(order.toString());
        orders.newLine();
        orders.flush();
        return Measurement.parse(answer());
    }

    private String answer() throws IOException {
        return Objects.requireNonNull(
                answers.readLine(), () -> "the JVM of " + road + " has ended, see its output");
    }

    /** Lets it finish; what it would still do is of no use after a while. */
    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (process.waitFor(Duration.ofSeconds(30))) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
