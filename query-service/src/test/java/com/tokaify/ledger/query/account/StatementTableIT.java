package com.tokaify.ledger.query.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.query.RandomHistory;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.query.projection.ViewDatabase;
import com.tokaify.ledger.query.time.Buckets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements on a real PostgreSQL, held against the events themselves. */
class StatementTableIT {
    private static final int PARTITIONS = 4;

    /** Over three weeks. */
    private static final List<RecordedEvent> HISTORY =
            RandomHistory.stretched(RandomHistory.of(20261127, PARTITIONS, 2000), 900);

    private static final Instant BEFORE_ALL = Instant.parse("2026-11-23T00:00:00Z");
    private static final Instant AFTER_ALL = Instant.parse("2026-12-31T00:00:00Z");

    private static ViewDatabase database;
    private static StatementTable table;
    private static Map<StreamId, List<RecordedEvent>> ofAccounts;

    @BeforeAll
    static void fill() {
        database = new ViewDatabase();
        for (int from = 0; from < HISTORY.size(); from += 300) {
            database.book(HISTORY.subList(from, Math.min(from + 300, HISTORY.size())));
        }
        table = new StatementTable(database.source());
        ofAccounts = byAccount();
        assertThat(ofAccounts).hasSize(3);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /**
     * Of any range, cut into days by any calendar: every line, every balance after it, and the two
     * ends are what the events add up to.
     */
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Asia/Shanghai", "America/St_Johns", "Asia/Kathmandu"})
    void equalsTheEventsOfAnyRange(String zone) {
        Random random = new Random(zone.hashCode());
        for (StreamId account : ofAccounts.keySet()) {
            for (int i = 0; i < 10; i++) {
                Instant from = BEFORE_ALL.plus(Duration.ofMinutes(15L * random.nextInt(2000)));
                Instant to = from.plus(Duration.ofMinutes(15L * (1 + random.nextInt(1000))));

                Statement told = read(account, from, to, zone, 1000, null);

                assertThat(told.items()).isEqualTo(lines(account, from, to, zone));
                assertThat(told.openingBalance()).isEqualTo(balance(account, from));
                assertThat(told.closingBalance()).isEqualTo(balance(account, to));
                assertThat(told.closingBalance())
                        .isEqualTo(
                                told.items().isEmpty()
                                        ? told.openingBalance()
                                        : told.items().getLast().balance());
                assertThat(told.nextCursor()).isNull();
            }
        }
    }

    /** What a statement over everything ends with is the account's balance, to the unit. */
    @Test
    void endsWithTheBalanceOfTheBooks() {
        AccountTable accounts = new AccountTable(database.jdbc());
        for (StreamId account : ofAccounts.keySet()) {
            Statement told = read(account, BEFORE_ALL, AFTER_ALL, "UTC", 1000, null);
            AccountView view = accounts.find((AccountId) account).orElseThrow();

            assertThat(told.openingBalance()).isZero();
            assertThat(told.closingBalance()).isEqualTo(view.balance());
            assertThat(told.credited()).isEqualTo(view.credited());
            assertThat(told.adjusted()).isEqualTo(view.adjusted());
            assertThat(told.consumed() - told.refunded()).isEqualTo(view.consumed());
        }
    }

    /** Pages are one statement cut into pieces: the same lines, and the same sums on each. */
    @Test
    void pagesAreOneStatement() {
        StreamId account = ofAccounts.keySet().iterator().next();
        Statement whole = read(account, BEFORE_ALL, AFTER_ALL, "Asia/Shanghai", 1000, null);
        List<StatementLine> lines = new ArrayList<>();
        String cursor = null;
        do {
            Statement page = read(account, BEFORE_ALL, AFTER_ALL, "Asia/Shanghai", 3, cursor);
            assertThat(page.items()).hasSizeBetween(1, 3);
            assertThat(page.openingBalance()).isEqualTo(whole.openingBalance());
            assertThat(page.closingBalance()).isEqualTo(whole.closingBalance());
            lines.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(whole.items()).hasSizeGreaterThan(30);
        assertThat(lines).isEqualTo(whole.items());
    }

    /** Of a range in which nothing happened the balance is told all the same. */
    @Test
    void tellsTheBalanceWhereNothingMoved() {
        StreamId account = ofAccounts.keySet().iterator().next();
        Instant year = AFTER_ALL.plus(Duration.ofDays(365));

        Statement told = read(account, year, year.plus(Duration.ofDays(1)), "UTC", 10, null);

        assertThat(told.items()).isEmpty();
        assertThat(told.openingBalance()).isEqualTo(balance(account, AFTER_ALL));
        assertThat(told.closingBalance()).isEqualTo(told.openingBalance());
    }

    private static Statement read(
            StreamId account,
            Instant from,
            Instant to,
            String zone,
            int limit,
            @Nullable String cursor) {
        ZoneId zoneId = ZoneId.of(zone);
        return table.read(
                (AccountId) account,
                new StatementQuery(
                        from,
                        to,
                        zoneId,
                        Buckets.of(Buckets.Size.DAY, zoneId, from, to, 1000),
                        limit,
                        cursor == null ? null : StatementCursor.parse("cursor", cursor)));
    }

    private static Map<StreamId, List<RecordedEvent>> byAccount() {
        Map<StreamId, StreamId> owners = new HashMap<>();
        Map<StreamId, List<RecordedEvent>> found = new HashMap<>();
        for (RecordedEvent event : HISTORY) {
            if (event.event() instanceof TokenCreated created) {
                owners.put(event.stream(), created.accountId());
            }
            StreamId owner =
                    event.stream() instanceof AccountId
                            ? event.stream()
                            : owners.get(event.stream());
            if (owner != null && moved(event.event()) != 0) {
                found.computeIfAbsent(owner, _ -> new ArrayList<>()).add(event);
            }
        }
        return found;
    }

    private static long moved(LedgerEvent event) {
        if (event instanceof BalanceCredited credited) {
            return credited.amount();
        } else if (event instanceof BalanceAdjusted adjusted) {
            return adjusted.amount();
        } else if (event instanceof QuotaConsumed consumed) {
            return -consumed.amount();
        }
        return event instanceof QuotaRefunded refunded ? refunded.amount() : 0;
    }

    private static long balance(StreamId account, Instant at) {
        return ofAccounts.getOrDefault(account, List.of()).stream()
                .filter(event -> event.recordedAt().isBefore(at))
                .mapToLong(event -> moved(event.event()))
                .sum();
    }

    /** Day by day: its entries in order, then what was used on it, then what was given back. */
    private static List<StatementLine> lines(
            StreamId account, Instant from, Instant to, String zone) {
        Map<LocalDate, List<RecordedEvent>> days = new TreeMap<>();
        for (RecordedEvent event : ofAccounts.getOrDefault(account, List.of())) {
            if (!event.recordedAt().isBefore(from) && event.recordedAt().isBefore(to)) {
                days.computeIfAbsent(
                                LocalDate.ofInstant(event.recordedAt(), ZoneId.of(zone)),
                                _ -> new ArrayList<>())
                        .add(event);
            }
        }
        List<StatementLine> lines = new ArrayList<>();
        long balance = balance(account, from);
        for (LocalDate day : new TreeSet<>(days.keySet())) {
            List<RecordedEvent> events = new ArrayList<>(days.getOrDefault(day, List.of()));
            events.sort(Comparator.comparing(RecordedEvent::recordedAt));
            long used = 0;
            long back = 0;
            for (RecordedEvent event : events) {
                switch (event.event()) {
                    case BalanceCredited(long amount, String reference) -> {
                        balance += amount;
                        lines.add(
                                new StatementLine(
                                        event.recordedAt(),
                                        StatementLine.Kind.CREDIT,
                                        amount,
                                        balance,
                                        reference,
                                        null));
                    }
                    case BalanceAdjusted(long amount, String reason) -> {
                        balance += amount;
                        lines.add(
                                new StatementLine(
                                        event.recordedAt(),
                                        StatementLine.Kind.ADJUSTMENT,
                                        amount,
                                        balance,
                                        null,
                                        reason));
                    }
                    case QuotaConsumed consumed -> used += consumed.amount();
                    case QuotaRefunded refunded -> back += refunded.amount();
                    default -> throw new AssertionError(event.event());
                }
            }
            Instant end = day.plusDays(1).atStartOfDay(ZoneId.of(zone)).toInstant();
            Instant at = end.isBefore(to) ? end : to;
            if (used != 0) {
                balance -= used;
                lines.add(
                        new StatementLine(
                                at, StatementLine.Kind.CONSUMPTION, -used, balance, null, null));
            }
            if (back != 0) {
                balance += back;
                lines.add(
                        new StatementLine(
                                at, StatementLine.Kind.REFUND, back, balance, null, null));
            }
        }
        return lines;
    }

    /** The history is spread over more than one day, or nothing above is tested. */
    @Test
    void theHistoryLastsForWeeks() {
        assertThat(HISTORY.getLast().recordedAt())
                .isAfter(ScriptedLedger.BEGINNING.plus(Duration.ofDays(14)));
    }
}
