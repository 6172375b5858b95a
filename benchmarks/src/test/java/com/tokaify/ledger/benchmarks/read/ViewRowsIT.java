package com.tokaify.ledger.benchmarks.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.benchmarks.HttpConnection;
import com.tokaify.ledger.benchmarks.Infrastructure;
import com.tokaify.ledger.benchmarks.Service;
import com.tokaify.ledger.benchmarks.TopicWriter;
import com.tokaify.ledger.benchmarks.ViewStore;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.local.LocalKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ViewRowsIT {
    private static final Path JAR =
            Path.of(
                    Objects.requireNonNull(System.getProperty("ledger.services")),
                    Service.QUERY + ".jar");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> TABLES =
            List.of(
                    "token",
                    "token_use",
                    "token_owner",
                    "account",
                    "account_totals",
                    "account_usage",
                    "account_entry",
                    "account_day",
                    "event",
                    "usage",
                    "history_checkpoint");

    /**
     * What is read when reading is measured is what the service would have made of the same events,
     * row by row: the very events are given to it on Kafka.
     */
    @Test
    void areTheRowsOfTheProjections() throws Exception {
        try (Infrastructure infrastructure = Infrastructure.start()) {
            LocalKafka kafka = infrastructure.startKafka();
            ViewStore filled = infrastructure.newViews("filled");
            infrastructure.startQueryService(JAR, filled, kafka).stop();
            LedgerYear year = new LedgerYear(300, 3_000, Pepper.read(infrastructure.pepper()));
            try (ViewRows rows = new ViewRows(year, filled);
                    TopicWriter topic = TopicWriter.toNewTopic(kafka.bootstrap())) {
                year.happen(happening -> {
                    rows.told(happening);
                    topic.send(happening.stored());
                });
                topic.flush();
                rows.end();
            }

            ViewStore projected = infrastructure.newViews("projected");
            Service service = infrastructure.startQueryService(JAR, projected, kafka);
            awaitReady(service, year.events());

            for (String table : TABLES) {
                assertThat(rows(filled, table)).as(table).isEqualTo(rows(projected, table));
            }
            assertThat(rows(filled, "event")).hasSize(year.events()).hasSize(3_000);
            assertThat(rows(filled, "usage")).hasSizeGreaterThan(1_000);
            assertThat(indexes(filled)).isEqualTo(indexes(projected)).contains("token_search");
        }
    }

    private static void awaitReady(Service service, int events) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (HttpConnection connection = new HttpConnection(service.port())) {
            while (projected(connection) < events) {
                assertThat(System.nanoTime()).as("events in time").isLessThan(deadline);
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }

    /** Events that are in all views. */
    private static long projected(HttpConnection connection) throws IOException {
        String body = connection.get("/v1/projections").body();
        return StrictJson.MAPPER
                .readTree(body)
                .required("projections")
                .valueStream()
                .mapToLong(projection ->
                        projection
                                .required("partitions")
                                .valueStream()
                                .mapToLong(partition -> partition.required("pseq").asLong())
                                .sum())
                .min()
                .orElseThrow();
    }

    private static List<String> rows(ViewStore store, String table) throws SQLException {
        return texts(store, "select cast(each as text) from read." + table + " as each order by 1");
    }

    private static List<String> indexes(ViewStore store) throws SQLException {
        return texts(
                store, "select indexname from pg_indexes where schemaname = 'read' order by 1");
    }

    private static List<String> texts(ViewStore store, String question) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = store.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }
}
