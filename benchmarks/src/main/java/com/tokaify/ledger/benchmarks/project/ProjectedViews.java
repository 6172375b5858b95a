package com.tokaify.ledger.benchmarks.project;

import com.tokaify.ledger.benchmarks.CpuClock;
import com.tokaify.ledger.benchmarks.HttpConnection;
import com.tokaify.ledger.benchmarks.Load;
import com.tokaify.ledger.benchmarks.Measurement;
import com.tokaify.ledger.benchmarks.Service;
import com.tokaify.ledger.benchmarks.ViewStore;
import com.tokaify.ledger.events.codec.StrictJson;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * The product: query-service makes all its views of the backlog. Measured from the first events in
 * the views, as the service itself tells how far each projection is, until it says that they may be
 * read: with the last event, and whatever it still makes of them then.
 */
final class ProjectedViews {
    private static final Duration GLANCE = Duration.ofMillis(250);
    private static final Duration LIMIT = Duration.ofMinutes(60);
    private static final String SUMS =
            """
            select (select count(*) from read.token), (select sum(consumed) from read.account_totals)
            """;

    private ProjectedViews() {}

    /** How far the projection that is least far has come. */
    private record Progress(long events, List<String> projections) {}

    /** What was measured, of which views. */
    record Outcome(Measurement measurement, List<String> projections) {}

    /**
     * @throws IllegalStateException where the views do not hold what the backlog says
     */
    static Outcome measure(Service service, ViewStore store, Backlog backlog)
            throws IOException, SQLException {
        Progress first = awaitMore(service, 0);
        Duration cpu = CpuClock.used();
        long start = System.nanoTime();
        Progress last = awaitMore(service, backlog.events() - 1L);
        awaitReady(service);
        double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        double cpuSeconds = Load.seconds(CpuClock.used().minus(cpu));
        mustHold(store, backlog);
        return new Outcome(
                new Measurement(
                        last.events() - first.events(),
                        last.events(),
                        seconds,
                        cpuSeconds,
                        Load.histogram()),
                last.projections());
    }

    private static Progress awaitMore(Service service, long than) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (HttpConnection connection = new HttpConnection(service.port())) {
            Progress now = progress(connection);
            while (now.events() <= than) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the views stand still at " + now.events());
                }
                LockSupport.parkNanos(GLANCE.toNanos());
                now = progress(connection);
            }
            return now;
        }
    }

    private static void awaitReady(Service service) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!service.isReady()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the views have all events and are not ready");
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    private static Progress progress(HttpConnection connection) throws IOException {
        HttpConnection.Answer answer = connection.get("/v1/projections");
        JsonNode overview = StrictJson.MAPPER.readTree(answer.body());
        List<String> names = new ArrayList<>();
        long least = Long.MAX_VALUE;
        for (JsonNode projection : overview.required("projections")) {
            names.add(projection.required("name").asString());
            long events = 0;
            for (JsonNode partition : projection.required("partitions")) {
                events += partition.required("pseq").asLong();
            }
            least = Math.min(least, events);
        }
        return new Progress(least, names);
    }

    private static void mustHold(ViewStore store, Backlog backlog) throws SQLException {
        try (Connection connection = store.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SUMS)) {
            row.next();
            if (row.getLong(1) != backlog.tokens() || row.getLong(2) != backlog.consumed()) {
                throw new IllegalStateException(
                        "%d tokens consumed %d units, the views have %d and %d"
                                .formatted(
                                        backlog.tokens(),
                                        backlog.consumed(),
                                        row.getLong(1),
                                        row.getLong(2)));
            }
        }
    }
}
