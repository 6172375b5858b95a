package com.tokaify.ledger.query.audit;

import static com.tokaify.ledger.query.RunningQueryService.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.query.LedgerTopic;
import com.tokaify.ledger.query.RunningQueryService;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.QueryDatabase;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What auditors are shown and what they can take home, of a history of every kind of event. */
class AuditIT {
    private static final int PARTITIONS = 4;
    private static final AuditedHistory HISTORY = new AuditedHistory(7, PARTITIONS, 1200);

    private static LedgerTopic topic;
    private static QueryDatabase database;
    private static RunningQueryService service;

    @BeforeAll
    static void start() {
        LedgerInfrastructure.get().recreateTopics(PARTITIONS);
        topic = new LedgerTopic();
        database = LedgerInfrastructure.get().newQueryDatabase();
        service = RunningQueryService.start(database, PARTITIONS);
        topic.commit(HISTORY.asRead());
        service.awaitReady();
        for (Position end : HISTORY.ends()) {
            assertThat(service.get("/v1/groups", end).statusCode()).isEqualTo(200);
        }
    }

    @AfterAll
    static void stop() {
        service.close();
        topic.close();
    }

    /** Whatever is asked for, page by page, is what a look through all events finds. */
    @Test
    void theFeedEqualsALookThroughAllEvents() {
        Random random = new Random(20261125);
        int found = 0;
        for (int i = 0; i < 60; i++) {
            AuditedHistory.Question question = HISTORY.question(random);
            List<String> expected = HISTORY.answer(question);
            assertThat(pages(question.parameters(), 1 + random.nextInt(200)))
                    .as(question.parameters())
                    .isEqualTo(expected);
            found += expected.size();
        }
        assertThat(found).as("events found by the questions").isGreaterThan(5_000);
    }

    /** An event is told in full, and its data byte for byte. */
    @Test
    void anEventIsToldInFull() {
        RecordedEvent last = HISTORY.inOrder().getLast();

        assertThat(service.get("/v1/audit/events?limit=1").body())
                .startsWith(
                        "{\"items\":["
                                + AuditedHistory.shown(last, HISTORY)
                                + "],\"nextCursor\":\"");
    }

    /**
     * Pages neither repeat nor miss an event that was there throughout, whatever is recorded
     * meanwhile.
     */
    @Test
    void pagesStayRightWhileEventsAreRecorded() throws SQLException {
        List<String> all = HISTORY.inOrder().stream().map(AuditedHistory::id).toList();
        List<String> newest = new ArrayList<>();
        List<String> oldest = new ArrayList<>();
        String newestCursor = "";
        String oldestCursor = "";
        try {
            for (int page = 0; page < 5; page++) {
                JsonNode down = page("order=newest&limit=40" + newestCursor);
                JsonNode up = page("order=oldest&limit=40" + oldestCursor);
                newest.addAll(ids(down));
                oldest.addAll(ids(up));
                newestCursor = "&cursor=" + down.required("nextCursor").asString();
                oldestCursor = "&cursor=" + up.required("nextCursor").asString();
                recordLate(page);
            }
        } finally {
            execute("DELETE FROM read.event WHERE correlation_id = 'late'");
        }
        assertThat(newest).doesNotHaveDuplicates();
        assertThat(oldest).doesNotHaveDuplicates();
        List<String> known = newest.stream().filter(all::contains).toList();
        assertThat(known).isEqualTo(all.reversed().subList(0, known.size()));
        known = oldest.stream().filter(all::contains).toList();
        assertThat(known).isEqualTo(all.subList(0, known.size()));
    }

    /**
     * As NDJSON an export has the very events of the feed, a line each, and says that it is whole.
     */
    @Test
    void anExportIsTheWholeFeed() {
        HttpResponse<String> answer =
                service.get("/v1/audit/export?format=ndjson&class=settings&class=security");

        List<String> expected =
                HISTORY.inOrder().stream()
                        .filter(event -> AuditedHistory.classOf(event).matches("settings|security"))
                        .map(event -> AuditedHistory.shown(event, HISTORY))
                        .toList();
        List<String> lines = answer.body().lines().toList();
        assertThat(lines.subList(0, lines.size() - 1)).isEqualTo(expected);
        assertThat(lines.getLast())
                .isEqualTo("{\"complete\":true,\"events\":" + expected.size() + "}");
        assertThat(answer.body()).endsWith("}\n");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .matches("attachment; filename=\"ledger-events-\\d{8}T\\d{6}Z\\.ndjson\"");
    }

    /** As CSV it has the same, and whoever takes one apostrophe away has every text again. */
    @Test
    void aSpreadsheetHasTheSameEvents() {
        HttpResponse<String> answer = service.get("/v1/audit/export?format=csv");

        List<List<String>> rows = Csv.read(answer.body());
        assertThat(rows.getFirst())
                .containsExactly(
                        "id",
                        "recordedAt",
                        "type",
                        "subject",
                        "accountId",
                        "actor",
                        "correlationId",
                        "position",
                        "sequence",
                        "data");
        assertThat(rows.stream().flatMap(List::stream)).noneMatch(cell -> cell.matches("[=+@-].*"));
        assertThat(rows.stream().skip(1).map(AuditIT::asJson))
                .isEqualTo(
                        HISTORY.inOrder().stream()
                                .map(event -> AuditedHistory.shown(event, HISTORY))
                                .toList());
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("text/csv;header=present;charset=utf-8");
    }

    /** An export of nothing is whole too. */
    @Test
    void anExportOfNothingIsWhole() {
        String nothing = "&from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z";

        assertThat(service.get("/v1/audit/export?format=ndjson" + nothing).body())
                .isEqualTo("{\"complete\":true,\"events\":0}\n");
        assertThat(service.get("/v1/audit/export?format=csv" + nothing).body())
                .isEqualTo(
                        "id,recordedAt,type,subject,accountId,actor,correlationId,position,sequence,data\r\n");
    }

    /** What a request gets wrong is named: the field and the rule. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /v1/audit/events?actr=x,                    actr,      'is not a parameter; there are actor, type'
                    /v1/audit/events?actor=robot,               actor,     'must be one of operator, owner'
                    /v1/audit/events?actor=robot:1,             actor,     must be operator:
                    /v1/audit/events?type=token-created.v1,     type,      must be a type of event such as com.tokaify
                    /v1/audit/events?class=usage&class=all,     class,     'must be settings, usage, security or balance'
                    /v1/audit/events?tokenId=tok_x,             tokenId,   must be 'tok_'
                    /v1/audit/events?accountId=x,               accountId, must be 'acc_'
                    /v1/audit/events?from=yesterday,            from,      must be an instant such as
                    /v1/audit/events?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z, to, must not be before from
                    /v1/audit/events?order=random,              order,     must be newest or oldest
                    /v1/audit/events?limit=1001,                limit,     must be a whole number from 1 to 1000
                    /v1/audit/events?cursor=x,                  cursor,    must be the nextCursor of an earlier answer
                    /v1/audit/events?cursor=____________________________, cursor, must be the nextCursor of an earlier answer
                    /v1/audit/events?limit=1&limit=2,           limit,     must be given once
                    /v1/audit/export,                           format,    is required
                    /v1/audit/export?format=xlsx,               format,    must be ndjson or csv
                    /v1/audit/export?format=csv&limit=5,        limit,     is not a parameter
                    """)
    void refusesABadRequestByName(String path, String field, String rule) {
        HttpResponse<String> answer = service.get(path);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        JsonNode error = json(answer).required("errors").required(0);
        assertThat(error.required("field").asString()).isEqualTo(field);
        assertThat(error.required("rule").asString()).startsWith(rule);
    }

    /** Every type is in exactly one class. */
    @Test
    void classesShareOutAllTypes() {
        List<EventType> shared = new ArrayList<>();
        for (EventClass each : EventClass.values()) {
            shared.addAll(each.types());
        }
        assertThat(shared).containsExactlyInAnyOrder(EventType.values());
    }

    private static List<String> pages(String parameters, int limit) {
        List<String> shown = new ArrayList<>();
        String cursor = "";
        while (true) {
            String body =
                    service.get("/v1/audit/events?limit=" + limit + parameters + cursor).body();
            JsonNode page = StrictJson.MAPPER.readTree(body);
            assertThat(page.required("items").size()).isLessThanOrEqualTo(limit);
            page.required("items").forEach(item -> shown.add(item.toString()));
            if (page.required("nextCursor").isNull()) {
                return shown;
            }
            cursor = "&cursor=" + page.required("nextCursor").asString();
        }
    }

    private static JsonNode page(String parameters) {
        return json(service.get("/v1/audit/events?" + parameters));
    }

    private static List<String> ids(JsonNode page) {
        return page.required("items")
                .valueStream()
                .map(item -> item.required("id").asString())
                .toList();
    }

    /** Events that are recorded before, among and after those that are there. */
    private static void recordLate(int round) throws SQLException {
        execute(
                """
                INSERT INTO read.event
                SELECT recorded_at + interval '1 microsecond' * (%1$d + 1), partition, pseq + 1000000 * (%1$d + 1), stream,
                       stream_kind, sequence + 1000000 * (%1$d + 1), type, account_id, actor_kind, actor_id, 'late', data
                FROM read.event WHERE pseq %% 7 = %1$d AND correlation_id <> 'late'
                """
                        .formatted(round));
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A row of the spreadsheet as the line of NDJSON it must have come from. */
    private static String asJson(List<String> cells) {
        List<String> texts =
                cells.stream()
                        .map(cell -> cell.startsWith("'") ? cell.substring(1) : cell)
                        .toList();
        return "{\"id\":\"%s\",\"recordedAt\":\"%s\",\"type\":\"%s\",\"subject\":\"%s\",\"accountId\":%s,"
                        .formatted(
                                texts.get(0),
                                texts.get(1),
                                texts.get(2),
                                texts.get(3),
                                texts.get(4).isEmpty() ? "null" : '"' + texts.get(4) + '"')
                + "\"actor\":\"%s\",\"correlationId\":\"%s\",\"position\":\"%s\",\"sequence\":%s,\"data\":%s}"
                        .formatted(
                                texts.get(5),
                                texts.get(6),
                                texts.get(7),
                                texts.get(8),
                                texts.get(9));
    }
}
