package com.tokaify.ledger.query.audit;

import static com.tokaify.ledger.query.RunningQueryService.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.RunningQueryService;
import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.service.access.Scope;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.QueryDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Exports of more than anybody would hold in memory, to readers that rest, go away or are cut off.
 */
class ExportIT {
    private static final int PARTITIONS = 1;
    private static final int EVENTS = 300_000;
    private static final int BYTES_EACH_AT_MOST = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant BEGINNING = Instant.parse("2020-01-01T00:00:00Z");
    private static final TokenId TOKEN = new TokenId(new UUID(7, 1));
    private static final AccountId ACCOUNT = new AccountId(new UUID(7, 2));
    private static final AccountId OTHER_ACCOUNT = new AccountId(new UUID(7, 3));
    private static final int EVENTS_FOR_ONE_OF_ACCOUNT = 70;
    private static final String EXPORT = "/v1/audit/export?format=ndjson";

    private static QueryDatabase database;
    private static RunningQueryService service;

    @BeforeAll
    static void start() throws SQLException {
        LedgerInfrastructure.get().recreateTopics(PARTITIONS);
        database = LedgerInfrastructure.get().newQueryDatabase();
        service = RunningQueryService.start(database, PARTITIONS);
        execute(
                """
                CREATE TABLE read.event_2020_01 PARTITION OF read.event
                FOR VALUES FROM ('2020-01-01T00:00:00Z') TO ('2020-02-01T00:00:00Z')
                """);
        execute(
                """
                INSERT INTO read.event
                SELECT timestamptz '%s' + n * interval '1 second', 0, n, '%s', 0, n - 1,
                       CASE WHEN n %% 100 = 0 THEN 'com.tokaify.ledger.token-renamed.v1'
                            ELSE 'com.tokaify.ledger.quota-consumed.v1' END,
                       CAST(CASE WHEN n %% %d = 0 THEN '%s' ELSE '%s' END AS uuid), 'gateway', 'edge', 'r-' || n, convert_to('{"n":' || n || '}', 'UTF8')
                FROM generate_series(1, %d) AS n
                """
                        .formatted(
                                BEGINNING,
                                TOKEN.uuid(),
                                EVENTS_FOR_ONE_OF_ACCOUNT,
                                ACCOUNT.uuid(),
                                OTHER_ACCOUNT.uuid(),
                                EVENTS));
        execute("ANALYZE read.event");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Memory does not grow with an export: while its reader rests, hardly any of it is here. */
    @Test
    void aLargeExportIsWholeAndNotHeldInMemory() throws IOException {
        long before = liveBytes();
        try (BufferedReader lines = lines(service.open(EXPORT))) {
            assertThat(lines.readLine()).isEqualTo(line(1));
            assertThat(liveBytes() - before)
                    .as("bytes held while the reader rests")
                    .isLessThan((long) EVENTS * BYTES_EACH_AT_MOST);
            for (int n = 2; n <= EVENTS; n++) {
                String line = lines.readLine();
                if (!line(n).equals(line)) {
                    assertThat(line).isEqualTo(line(n));
                }
            }
            assertThat(lines.readLine()).isEqualTo("{\"complete\":true,\"events\":" + EVENTS + "}");
            assertThat(lines.readLine()).isNull();
        }
    }

    /** Only so many run at a time; one whose receiver goes away makes room, with its connection. */
    @Test
    void exportsLeaveRoomForOthers() throws IOException {
        HttpResponse<InputStream> one = service.open(EXPORT);
        HttpResponse<InputStream> two = service.open(EXPORT);

        HttpResponse<String> refused = service.get(EXPORT);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(json(refused).required("code").asString()).isEqualTo("TOO_MANY_EXPORTS");
        assertThat(refused.headers().firstValue("Retry-After")).contains("10");

        one.body().close();
        two.body().close();
        Await.until(PATIENCE, "exporting connections", ExportIT::exporting, List::isEmpty);
        assertThat(service.get(EXPORT + "&class=balance").body())
                .isEqualTo("{\"complete\":true,\"events\":0}\n");
    }

    /** Half an export cannot be taken for a whole one, and no error is written among its lines. */
    @Test
    void anExportThatFailsIsCutShort() throws Exception {
        try (BufferedReader lines = lines(service.open(EXPORT))) {
            assertThat(lines.readLine()).isEqualTo(line(1));
            List<Integer> backends =
                    Await.until(
                            PATIENCE,
                            "the export rests",
                            ExportIT::exporting,
                            found -> !found.isEmpty());
            for (int backend : backends) {
                execute("SELECT pg_terminate_backend(" + backend + ")");
            }
            List<String> rest = new ArrayList<>();
            assertThatThrownBy(
                            () -> {
                                String line = lines.readLine();
                                while (line != null) {
                                    rest.add(line);
                                    line = lines.readLine();
                                }
                            })
                    .isInstanceOf(IOException.class);
            assertThat(rest)
                    .hasSizeLessThan(EVENTS)
                    .allMatch(line -> line.contains("\"data\":{\"n\":"));
        }
    }

    /**
     * Whoever takes longer than is allowed is cut, so that no reader keeps an old state for ever.
     */
    @Test
    void anExportThatTakesTooLongIsCut() throws IOException {
        try (RunningQueryService hasty =
                        RunningQueryService.start(
                                database, PARTITIONS, "LEDGER_QUERY_LONGEST_EXPORT=1s");
                BufferedReader lines = lines(hasty.open(EXPORT))) {
            assertThat(lines.readLine()).isEqualTo(line(1));
            long first = System.nanoTime();
            Await.until(
                    PATIENCE,
                    "more than a second has passed",
                    () -> System.nanoTime() - first > Duration.ofMillis(1_100).toNanos());

            assertThatThrownBy(() -> lines.lines().forEach(_ -> {}))
                    .isInstanceOf(UncheckedIOException.class);
            Await.until(PATIENCE, "exporting connections", ExportIT::exporting, List::isEmpty);
        }
    }

    /** What auditors ask most is answered from an index, in its order, and not by sorting. */
    @ParameterizedTest
    @CsvSource({
        "limit=50, event_2020_01_recorded_at_partition_pseq_idx",
        "order=oldest, event_2020_01_recorded_at_partition_pseq_idx",
        "class=settings, event_2020_01_recorded_at_partition_pseq_idx1",
        "accountId=ACCOUNT, event_2020_01_account_id_recorded_at_partition_pseq_idx",
        "accountId=ACCOUNT&class=settings, event_2020_01_account_id_recorded_at_partition_pseq_idx1"
    })
    void theFeedIsReadFromAnIndex(String parameters, String index) throws SQLException {
        AuditTable.Select select =
                AuditTable.select(
                        AuditQuery.parse(
                                new QueryParameters(
                                        new LinkedMultiValueMap<>(
                                                UriComponentsBuilder.newInstance()
                                                        .query(
                                                                parameters.replace(
                                                                        "ACCOUNT",
                                                                        ACCOUNT.toString()))
                                                        .build()
                                                        .getQueryParams()))),
                        new Scope.EveryAccount());
        try (Connection connection = database.superuser()) {
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            jdbc.sql("SET search_path = read").update();
            List<String> plan =
                    jdbc.sql("EXPLAIN " + select.sql())
                            .params(select.values())
                            .query((row, _) -> row.getString(1))
                            .list();
            assertThat(String.join("\n", plan))
                    .doesNotContain("Sort")
                    .containsPattern("using " + index + " on");
        }
    }

    /** The first wall alone: a superuser sees everything, and the statement finds one account's. */
    @Test
    void aScopeIsAConditionOfTheStatement() throws SQLException {
        Scope own = new Scope.OneAccount(ACCOUNT);
        List<AuditRow> exported = new ArrayList<>();
        try (Connection connection = database.superuser()) {
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            jdbc.sql("SET search_path = read").update();
            AuditTable events = new AuditTable(jdbc);
            events.forEach(
                    AuditFilter.EVERYTHING,
                    own,
                    AuditOrder.OLDEST,
                    Duration.ofMinutes(1),
                    exported::add);
            AuditQuery page = AuditQuery.parse(new QueryParameters(new LinkedMultiValueMap<>()));

            assertThat(events.page(page, own).items())
                    .isNotEmpty()
                    .allMatch(event -> ACCOUNT.equals(event.accountId()));
        }
        assertThat(exported)
                .hasSize(EVENTS / EVENTS_FOR_ONE_OF_ACCOUNT)
                .allMatch(row -> ACCOUNT.equals(row.accountId()));
    }

    private static BufferedReader lines(HttpResponse<InputStream> answer) {
        return new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
    }

    private static String line(int n) {
        return "{\"id\":\"%s:%d\",\"recordedAt\":\"%s\",\"type\":\"com.tokaify.ledger.%s.v1\",\"subject\":\"%s\","
                        .formatted(
                                TOKEN,
                                n - 1,
                                BEGINNING.plusSeconds(n),
                                n % 100 == 0 ? "token-renamed" : "quota-consumed",
                                TOKEN)
                + "\"accountId\":\"%s\",\"actor\":\"gateway:edge\",\"correlationId\":\"r-%d\",\"position\":\"0:%d\","
                        .formatted(
                                n % EVENTS_FOR_ONE_OF_ACCOUNT == 0 ? ACCOUNT : OTHER_ACCOUNT, n, n)
                + "\"sequence\":%d,\"data\":{\"n\":%d}}".formatted(n - 1, n);
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The database's processes that have an export open. */
    private static List<Integer> exporting() throws SQLException {
        try (Connection connection = database.superuser()) {
            return JdbcClient.create(new SingleConnectionDataSource(connection, true))
                    .sql(
                            """
                            SELECT pid FROM pg_stat_activity
                            WHERE datname = current_database() AND usename = 'query_service'
                              AND state = 'idle in transaction'
                            """)
                    .query((row, _) -> row.getInt(1))
                    .list();
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
