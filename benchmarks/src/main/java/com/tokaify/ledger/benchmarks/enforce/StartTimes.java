package com.tokaify.ledger.benchmarks.enforce;

import com.tokaify.ledger.benchmarks.HttpConnection;
import com.tokaify.ledger.benchmarks.Infrastructure;
import com.tokaify.ledger.benchmarks.Load;
import com.tokaify.ledger.benchmarks.Service;
import com.tokaify.ledger.benchmarks.Table;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.local.LocalKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How long an instance takes from its start until it answers checks, and what of that each million
 * tokens costs.
 *
 * @param tokens there are
 * @param empty where there is nothing to read
 * @param replay where every token is read from Kafka
 * @param snapshot where every token is in the snapshot the instance before has left
 */
record StartTimes(int tokens, Duration empty, Duration replay, Duration snapshot) {
    private static final double MILLION = 1_000_000;

    /** The times, and the instance that was started last. */
    record Measured(StartTimes times, Service running) {}

    private record Timed(Duration untilReady, Service service) {}

    /**
     * Starts one instance after the other.
     *
     * @param tell puts all tokens on Kafka
     */
    static Measured measure(
            Infrastructure infrastructure, Path jar, LocalKafka kafka, int tokens, Runnable tell)
            throws IOException, InterruptedException {
        Timed empty = start(infrastructure, jar, kafka);
        empty.service().stop();
        tell.run();
        Timed replay = start(infrastructure, jar, kafka);
        replay.service().stop();
        Timed snapshot = start(infrastructure, jar, kafka);
        mustHaveItsSnapshot(snapshot.service());
        return new Measured(
                new StartTimes(
                        tokens, empty.untilReady(), replay.untilReady(), snapshot.untilReady()),
                snapshot.service());
    }

    private static Timed start(Infrastructure infrastructure, Path jar, LocalKafka kafka)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Service service = infrastructure.startEnforcementService(jar, kafka);
        return new Timed(Duration.ofNanos(System.nanoTime() - begin), service);
    }

    /** Otherwise it has silently replayed, and the figure would be a replay's. */
    private static void mustHaveItsSnapshot(Service service) throws IOException {
        try (HttpConnection connection = new HttpConnection(service.port())) {
            long events =
                    StrictJson.MAPPER
                            .readTree(connection.get("/v1/view").body())
                            .get("eventsInSnapshot")
                            .longValue();
            if (events == 0) {
                throw new IllegalStateException("the instance was not restored from a snapshot");
            }
        }
    }

    Table table() {
        Table table = new Table(List.of("ready", "after s", "s for each million tokens"));
        table.row(List.of("with nothing to read", seconds(empty), ""));
        table.row(List.of("all tokens replayed from Kafka", seconds(replay), perMillion(replay)));
        table.row(
                List.of(
                        "all tokens from its last snapshot",
                        seconds(snapshot),
                        perMillion(snapshot)));
        return table;
    }

    /** What the start took longer than one with nothing to read. */
    private String perMillion(Duration start) {
        return format(Load.seconds(start.minus(empty)) * MILLION / tokens);
    }

    private static String seconds(Duration duration) {
        return format(Load.seconds(duration));
    }

    private static String format(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }
}
