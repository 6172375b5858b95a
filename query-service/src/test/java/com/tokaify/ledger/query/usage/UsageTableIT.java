package com.tokaify.ledger.query.usage;

import static com.tokaify.ledger.query.ScriptedLedger.tokenCreated;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.RandomHistory;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.query.projection.ViewDatabase;
import com.tokaify.ledger.query.time.Buckets;
import com.tokaify.ledger.query.time.Quarters;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Usage over time on a real PostgreSQL, held against the events themselves. */
class UsageTableIT {
    private static final int PARTITIONS = 4;

    /** Over three weeks and the end of a month. */
    private static final List<RecordedEvent> HISTORY =
            RandomHistory.stretched(RandomHistory.of(20261126, PARTITIONS, 2000), 900);

    private static final Instant FROM = Instant.parse("2026-11-24T06:10:00Z");
    private static final Instant TO = Instant.parse("2026-12-12T21:50:00Z");

    private static ViewDatabase database;
    private static UsageTable<TokenId> ofTokens;
    private static UsageTable<AccountId> ofAccounts;

    @BeforeAll
    static void fill() {
        database = new ViewDatabase();
        for (int from = 0; from < HISTORY.size(); from += 300) {
            database.book(HISTORY.subList(from, Math.min(from + 300, HISTORY.size())));
        }
        ofTokens = UsageTable.ofTokens(database.source(), UsageSettings.FOR_EVER);
        ofAccounts = UsageTable.ofAccounts(database.source());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /**
     * What is told of a day or an hour of any time zone is what the events of that day or hour add
     * up to, for every token and every account; where there was nothing it is told as nothing.
     */
    @ParameterizedTest
    @CsvSource({
        "DAY,UTC",
        "DAY,Asia/Shanghai",
        "DAY,America/St_Johns",
        "DAY,Asia/Kathmandu",
        "DAY,Pacific/Chatham",
        "HOUR,UTC",
        "HOUR,Asia/Kolkata"
    })
    void equalsTheEventsOfEachBucket(Buckets.Size size, String zone) {
        for (boolean byModel : new boolean[] {true, false}) {
            UsageQuery query = query(size, zone, byModel);
            for (Map.Entry<StreamId, List<RecordedEvent>> owned : byOwner().entrySet()) {
                UsageOverTime told =
                        switch (owned.getKey()) {
                            case TokenId id -> UsageOverTime.of(query, ofTokens.read(id, query));
                            case AccountId id ->
                                    UsageOverTime.of(query, ofAccounts.read(id, query));
                            case CatalogId id -> throw new AssertionError(id);
                        };
                assertThat(lines(told, size, zone))
                        .as("%s of %s", size, owned.getKey())
                        .isEqualTo(expected(owned.getValue(), size, zone, byModel));
                assertThat(told.items()).hasSize(query.buckets().starts().size());
                assertThat(told.total())
                        .isEqualTo(
                                told.items().stream()
                                        .map(UsageBucket::sums)
                                        .reduce(UsageSums.NONE, UsageSums::plus));
            }
        }
    }

    /** The events of each token, and of all tokens of each account. */
    private static Map<StreamId, List<RecordedEvent>> byOwner() {
        Map<StreamId, StreamId> accounts = new HashMap<>();
        Map<StreamId, List<RecordedEvent>> owned = new HashMap<>();
        for (RecordedEvent event : HISTORY) {
            if (event.event() instanceof TokenCreated created) {
                accounts.put(event.stream(), created.accountId());
            }
            StreamId account = accounts.get(event.stream());
            if (account != null) {
                owned.computeIfAbsent(event.stream(), _ -> new ArrayList<>()).add(event);
                owned.computeIfAbsent(account, _ -> new ArrayList<>()).add(event);
            }
        }
        return owned;
    }

    /** Buckets with something in them, by what a clock on the wall there showed. */
    private static Map<String, String> lines(UsageOverTime told, Buckets.Size size, String zone) {
        Map<String, String> lines = new TreeMap<>();
        for (UsageBucket bucket : told.items()) {
            String wall = wall(bucket.startsAt(), size, zone);
            if (bucket.models() != null) {
                bucket.models()
                        .forEach(
                                model -> lines.put(wall + " " + model.model(), text(model.sums())));
            } else if (!bucket.sums().equals(UsageSums.NONE)) {
                lines.put(wall, text(bucket.sums()));
            }
        }
        return lines;
    }

    private static Map<String, String> expected(
            List<RecordedEvent> events, Buckets.Size size, String zone, boolean byModel) {
        String first = wall(FROM, size, zone);
        String last = wall(TO.minusSeconds(1), size, zone);
        Map<String, long[]> sums = new TreeMap<>();
        for (RecordedEvent event : events) {
            String wall = wall(event.recordedAt(), size, zone);
            if (wall.compareTo(first) < 0 || wall.compareTo(last) > 0) {
                continue;
            }
            if (event.event() instanceof QuotaConsumed consumed) {
                add(sums, wall, consumed.model(), byModel, 0, consumed.amount());
            } else if (event.event() instanceof QuotaRefunded refunded) {
                add(sums, wall, refunded.model(), byModel, 2, refunded.amount());
            }
        }
        Map<String, String> lines = new TreeMap<>();
        sums.forEach(
                (line, sum) -> lines.put(line, List.of(sum[0], sum[1], sum[2], sum[3]).toString()));
        return lines;
    }

    private static void add(
            Map<String, long[]> sums,
            String wall,
            @Nullable String model,
            boolean byModel,
            int column,
            long amount) {
        long[] sum = sums.computeIfAbsent(byModel ? wall + " " + model : wall, _ -> new long[4]);
        sum[column]++;
        sum[column + 1] += amount;
    }

    private static String wall(Instant instant, Buckets.Size size, String zone) {
        ZonedDateTime local = instant.atZone(ZoneId.of(zone));
        return switch (size) {
            case DAY -> DateTimeFormatter.ISO_LOCAL_DATE.format(local);
            case HOUR -> DateTimeFormatter.ofPattern("uuuu-MM-dd HH").format(local);
        };
    }

    private static String text(UsageSums sums) {
        return List.of(sums.calls(), sums.consumed(), sums.refunds(), sums.refunded()).toString();
    }

    /** Usage that names no model is told apart, as that of no model. */
    @Test
    void usageOfNoModelIsToldAsSuch() {
        ScriptedLedger ledger = new ScriptedLedger(1);
        TokenId token = ledger.newTokenId();
        try (ViewDatabase fresh = new ViewDatabase()) {
            fresh.book(
                    List.of(
                            ledger.record(token, tokenCreated(ledger.newAccountId(), "t")),
                            ledger.record(token, new QuotaConsumed("u1", 5, null, 5, false)),
                            ledger.record(token, new QuotaConsumed("u2", 7, "a", 12, false)),
                            ledger.record(
                                    token, new QuotaRefunded("u1", 2, null, "error", true, 10))));
            UsageQuery query = query(Buckets.Size.DAY, "UTC", true, ledger.now());

            List<UsageBucket> told =
                    UsageOverTime.of(
                                    query,
                                    UsageTable.ofTokens(fresh.source(), UsageSettings.FOR_EVER)
                                            .read(token, query))
                            .items();

            assertThat(Objects.requireNonNull(told.getFirst().models()))
                    .containsExactly(
                            new ModelUsage(null, new UsageSums(1, 5, 1, 2)),
                            new ModelUsage("a", new UsageSums(1, 7, 0, 0)));
        }
    }

    /**
     * What is left after months have been dropped depends on the events and not on the order they
     * came in, so that a view that is built again has the same months; what accounts have used is
     * never dropped.
     */
    @Test
    void keepsTheMonthsItIsToldToInWhateverOrderTheyCome() {
        ScriptedLedger ledger = new ScriptedLedger(1);
        AccountId account = ledger.newAccountId();
        List<List<RecordedEvent>> tokens = new ArrayList<>();
        for (int month = 0; month < 6; month++) {
            TokenId token = ledger.newTokenId();
            LedgerEvent used = new QuotaConsumed("u", 1, "a", 1, false);
            tokens.add(
                    RandomHistory.stretched(
                            List.of(
                                    ledger.record(token, tokenCreated(account, "t")),
                                    ledger.record(token, used)),
                            15 * 86_400));
        }
        UsageSettings settings = new UsageSettings(Period.ofMonths(2));
        List<List<RecordedEvent>> shuffled = new ArrayList<>(tokens);
        Collections.shuffle(shuffled, new Random(3));

        for (List<List<RecordedEvent>> order : List.of(tokens, tokens.reversed(), shuffled)) {
            try (ViewDatabase fresh = new ViewDatabase()) {
                order.forEach(events -> fresh.book(events, settings));

                assertThat(texts(fresh, "SELECT DISTINCT to_char(starts_at, 'YYYY-MM') FROM usage"))
                        .containsExactly("2027-03", "2027-04", "2027-05");
                assertThat(
                                texts(
                                        fresh,
                                        """
                                        SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
                                        WHERE inhparent = CAST('usage' AS regclass)
                                        """))
                        .containsExactly("usage_2027_03", "usage_2027_04", "usage_2027_05");
                assertThat(texts(fresh, "SELECT CAST(sum(calls) AS text) FROM account_usage"))
                        .containsExactly("6");
            }
        }
    }

    private static List<String> texts(ViewDatabase database, String sql) {
        return database.jdbc().sql(sql).query((row, _) -> row.getString(1)).list().stream()
                .sorted()
                .toList();
    }

    private static UsageQuery query(Buckets.Size size, String zone, boolean byModel) {
        return new UsageQuery(
                size, ZoneId.of(zone), Buckets.of(size, ZoneId.of(zone), FROM, TO, 1000), byModel);
    }

    private static UsageQuery query(
            Buckets.Size size, String zone, boolean byModel, Instant within) {
        return new UsageQuery(
                size,
                ZoneId.of(zone),
                Buckets.of(size, ZoneId.of(zone), within, Quarters.after(within), 10),
                byModel);
    }
}
