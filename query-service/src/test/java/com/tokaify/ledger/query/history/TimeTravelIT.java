package com.tokaify.ledger.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.RandomHistory;
import com.tokaify.ledger.query.account.AccountMoment;
import com.tokaify.ledger.query.past.AsOf;
import com.tokaify.ledger.query.past.Past;
import com.tokaify.ledger.query.projection.NaiveFold;
import com.tokaify.ledger.query.projection.ViewDatabase;
import com.tokaify.ledger.query.token.ModelUse;
import com.tokaify.ledger.query.token.TokenState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The past on a real PostgreSQL, against a judge that looks at the raw events and shares no code
 * with what it judges. The tokens are few and old enough to have checkpoints, and their events are
 * recorded at times that now and then run backwards, as those of commands that queue do.
 */
class TimeTravelIT {
    private static final long SEED = 20261125;
    private static final int PARTITIONS = 4;
    private static final int PAIRS = 1000;
    private static final int MOST_SECONDS_BACK = 3;

    /** So many times as long: accounts are summed up by days, quarters of an hour and events. */
    private static final int SEVERAL_DAYS = 50;

    /** As histories call what the naive fold calls otherwise. */
    private static final Map<String, String> FIELDS =
            Map.of(
                    "name", "name",
                    "group", "group_name",
                    "quotaLimit", "quota_limit",
                    "totalConsumed", "total_consumed",
                    "disabledReason", "disabled_reason",
                    "deleted", "deleted",
                    "mask", "mask",
                    "importedFrom", "imported_from");

    private static final Map<StreamId, List<RecordedEvent>> STREAMS = new HashMap<>();
    private static final List<TokenId> TOKENS = new ArrayList<>();
    private static final List<AccountId> ACCOUNTS = new ArrayList<>();
    private static final Random RANDOM = new Random(SEED);

    private static ViewDatabase database;
    private static History history;

    @BeforeAll
    static void readARandomHistory() {
        List<RecordedEvent> events =
                RandomHistory.stretched(
                        RandomHistory.of(SEED, PARTITIONS, 6000, 4).stream()
                                .map(TimeTravelIT::recordedALittleEarlier)
                                .toList(),
                        SEVERAL_DAYS);
        for (RecordedEvent event : events) {
            STREAMS.computeIfAbsent(event.stream(), _ -> new ArrayList<>()).add(event);
        }
        STREAMS.values()
                .forEach(stream -> stream.sort(Comparator.comparingLong(RecordedEvent::sequence)));
        for (StreamId stream : STREAMS.keySet()) {
            if (stream instanceof TokenId token) {
                TOKENS.add(token);
            } else if (stream instanceof AccountId account) {
                ACCOUNTS.add(account);
            }
        }
        database = new ViewDatabase();
        int from = 0;
        while (from < events.size()) {
            int to = Math.min(events.size(), from + 1 + RANDOM.nextInt(900));
            database.apply(events.subList(from, to), HistorySettings.FOR_EVER);
            from = to;
        }
        history = database.past();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** There are checkpoints for what follows to go wrong with. */
    @Test
    void everyThousandthEventOfATokenHasACheckpoint() {
        int expected = TOKENS.stream().mapToInt(token -> events(token).size() / 1000).sum();

        assertThat(expected).isPositive();
        assertThat(
                        database.jdbc()
                                .sql("SELECT count(*) FROM history_checkpoint")
                                .query(Integer.class)
                                .single())
                .isEqualTo(expected);
    }

    /** A token as of any instant is what its events up to then make of it. */
    @Test
    void aTokenAsOfAnInstantEqualsAFoldOfItsEventsUpToThen() {
        for (int i = 0; i < PAIRS; i++) {
            TokenId token = one(TOKENS);
            Instant instant = someInstant(token);

            List<RecordedEvent> upTo = inEffect(token, instant);
            Past<TokenState> past = history.token(token, new AsOf.At(instant));

            if (upTo.isEmpty()) {
                assertThat(past)
                        .isEqualTo(new Past.NotYetCreated<>(events(token).getFirst().recordedAt()));
            } else {
                assertThat(past)
                        .as("%s as of %s", token, instant)
                        .isInstanceOfSatisfying(
                                Past.Known.class,
                                known ->
                                        assertThat(NaiveFold.token(upTo))
                                                .containsAllEntriesOf(
                                                        row((TokenState) known.state())));
            }
        }
    }

    /** A token as of any sequence is what its events up to that one make of it. */
    @Test
    void aTokenAsOfASequenceEqualsAFoldOfItsEventsUpToThat() {
        for (int i = 0; i < PAIRS / 4; i++) {
            TokenId token = one(TOKENS);
            List<RecordedEvent> events = events(token);
            int sequence = RANDOM.nextInt(events.size());

            Past<TokenState> past = history.token(token, new AsOf.After(sequence));

            List<RecordedEvent> upTo = events.subList(0, sequence + 1);
            assertThat(past)
                    .as("%s as of %d", token, sequence)
                    .isInstanceOfSatisfying(
                            Past.Known.class,
                            known -> {
                                assertThat(NaiveFold.token(upTo))
                                        .containsAllEntriesOf(row((TokenState) known.state()));
                                assertThat(known.at()).isEqualTo(latest(upTo));
                            });
        }
    }

    /** What happened at the very instant is in it, and the microsecond before it is not. */
    @Test
    void theInstantOfAnEventIncludesIt() {
        TokenId token = TOKENS.getFirst();
        List<RecordedEvent> events = events(token);
        Instant created = events.getFirst().recordedAt();

        assertThat(history.token(token, new AsOf.At(created)))
                .isInstanceOfSatisfying(
                        Past.Known.class,
                        known ->
                                assertThat(((TokenState) known.state()).createdAt())
                                        .isEqualTo(created));
        assertThat(history.token(token, new AsOf.At(created.minusNanos(1000))))
                .isEqualTo(new Past.NotYetCreated<>(created));
    }

    /** An account's balance then is made of all that was recorded up to then, in all its tokens. */
    @Test
    void anAccountAsOfAnInstantIsTheSumOfAllEventsUpToThen() {
        for (int i = 0; i < 200; i++) {
            AccountId account = one(ACCOUNTS);
            Instant instant = someInstant(one(TOKENS));
            List<RecordedEvent> own = inEffect(account, instant);

            Past<AccountMoment> past = history.account(account, new AsOf.At(instant));

            if (own.isEmpty()) {
                assertThat(past).isInstanceOf(Past.NotYetCreated.class);
            } else {
                assertThat(past)
                        .as("%s as of %s", account, instant)
                        .isInstanceOfSatisfying(
                                Past.Known.class,
                                known ->
                                        assertAccount(
                                                (AccountMoment) known.state(),
                                                own,
                                                consumedUpTo(account, instant)));
            }
        }
    }

    /** A sequence no event has yet is a mistake of the caller, a stream nobody knows another. */
    @Test
    void beyondTheLastEventThereIsNothing() {
        TokenId token = TOKENS.getFirst();
        long last = events(token).size() - 1L;

        assertThat(history.token(token, new AsOf.After(last + 1)))
                .isEqualTo(new Past.Beyond<>(last));
        TokenId nobody = new TokenId(new UUID(1, 1));
        assertThat(history.token(nobody, new AsOf.After(0))).isEqualTo(new Past.Unknown<>());
        assertThat(history.token(nobody, new AsOf.At(AsOf.LATEST))).isEqualTo(new Past.Unknown<>());
    }

    /** Pages together are the whole history, each event once, whichever way one turns them. */
    @Test
    void pagesTellEveryEventOnce() {
        TokenId token = TOKENS.getFirst();
        List<Long> all = events(token).stream().map(RecordedEvent::sequence).toList();

        assertThat(sequences(walk(token, HistoryQuery.Order.OLDEST, null, 199))).isEqualTo(all);
        assertThat(sequences(walk(token, HistoryQuery.Order.NEWEST, null, 200)))
                .isEqualTo(all.reversed());
    }

    /** A filter leaves what it names, also where hundreds of other events lie between. */
    @Test
    void filtersLeaveWhatTheyName() {
        Set<EventType> types = Set.of(EventType.TOKEN_RENAMED, EventType.QUOTA_LIMIT_CHANGED);
        for (TokenId token : TOKENS) {
            List<Long> expected = sequences(token, event -> types.contains(EventType.of(event)));

            assertThat(sequences(walk(token, HistoryQuery.Order.OLDEST, types, 7)))
                    .isEqualTo(expected);
            assertThat(sequences(walk(token, HistoryQuery.Order.NEWEST, types, 7)))
                    .isEqualTo(expected.reversed());
        }
        Set<EventType> usage = Set.of(EventType.QUOTA_CONSUMED, EventType.TOKEN_CREATED);
        assertThat(sequences(walk(TOKENS.getLast(), HistoryQuery.Order.OLDEST, usage, 200)))
                .isEqualTo(
                        sequences(TOKENS.getLast(), event -> usage.contains(EventType.of(event))));
    }

    /** From and to cut where the events of those moments are, both included. */
    @Test
    void aHistoryBetweenTwoMomentsHasWhatWasInEffectBetweenThem() {
        TokenId token = TOKENS.getLast();
        List<RecordedEvent> events = events(token);
        RecordedEvent first = events.get(events.size() / 3);
        RecordedEvent last = events.get(events.size() / 2);
        Instant from = latest(events.subList(0, (int) first.sequence() + 1));
        Instant to = latest(events.subList(0, (int) last.sequence() + 1));

        List<Long> found =
                sequences(
                        walk(
                                token,
                                new AsOf.At(from),
                                new AsOf.At(to),
                                HistoryQuery.Order.OLDEST,
                                null,
                                100));

        int before = inEffect(token, from.minusNanos(1000)).size();
        int upTo = inEffect(token, to).size();
        assertThat(found)
                .isEqualTo(
                        events.subList(before, upTo).stream()
                                .map(RecordedEvent::sequence)
                                .toList());
        assertThat(found).contains(first.sequence(), last.sequence());
        assertThat(
                        sequences(
                                walk(
                                        token,
                                        new AsOf.After(first.sequence()),
                                        new AsOf.After(first.sequence() + 1),
                                        HistoryQuery.Order.NEWEST,
                                        null,
                                        100)))
                .containsExactly(first.sequence() + 1, first.sequence());
    }

    /** Before and after of every field are what folds of the events before and up to it say. */
    @Test
    void changesAreTheDifferenceBetweenTwoFolds() {
        TokenId token = TOKENS.get(1);
        List<RecordedEvent> events = events(token);
        List<HistoryItem> told = walk(token, HistoryQuery.Order.OLDEST, null, 200);
        for (int sequence = 0; sequence < events.size(); sequence += 1 + RANDOM.nextInt(20)) {
            Map<String, @Nullable Object> before =
                    sequence == 0 ? Map.of() : NaiveFold.token(events.subList(0, sequence));
            Map<String, @Nullable Object> after = NaiveFold.token(events.subList(0, sequence + 1));
            Map<String, List<String>> expected = new HashMap<>();
            FIELDS.forEach((field, column) -> {
                if (!Objects.equals(before.get(column), after.get(column))) {
                    expected.put(field, texts(before.get(column), after.get(column)));
                }
            });

            Map<String, List<String>> changes =
                    told.get(sequence).changes().stream()
                            .filter(change -> FIELDS.containsKey(change.field()))
                            .collect(
                                    Collectors.toMap(
                                            FieldChange::field,
                                            change ->
                                                    texts(
                                                            text(change.before()),
                                                            text(change.after()))));

            assertThat(changes).as("event %d of %s", sequence, token).isEqualTo(expected);
        }
    }

    private static void assertAccount(
            AccountMoment moment, List<RecordedEvent> own, long consumed) {
        List<LedgerEvent> events = own.stream().map(RecordedEvent::event).toList();
        assertThat(moment.totals().credited())
                .isEqualTo(sum(events, e -> e instanceof BalanceCredited c ? c.amount() : 0));
        assertThat(moment.totals().adjusted())
                .isEqualTo(sum(events, e -> e instanceof BalanceAdjusted a ? a.amount() : 0));
        assertThat(moment.totals().consumed()).isEqualTo(consumed);
        assertThat(moment.state().sequence()).isEqualTo(own.size() - 1L);
        assertThat(moment.state().name()).isEqualTo(((AccountOpened) events.getFirst()).name());
        assertThat(moment.state().suspended())
                .isEqualTo(
                        events.stream()
                                .filter(e ->
                                        e instanceof AccountSuspended
                                                || e instanceof AccountResumed)
                                .reduce((_, later) -> later)
                                .filter(AccountSuspended.class::isInstance)
                                .isPresent());
    }

    private static long consumedUpTo(AccountId account, Instant instant) {
        return TOKENS.stream()
                .map(TimeTravelIT::events)
                .filter(events ->
                        ((TokenCreated) events.getFirst().event()).accountId().equals(account))
                .flatMap(List::stream)
                .filter(event -> !event.recordedAt().isAfter(instant))
                .mapToLong(event ->
                        event.event() instanceof QuotaConsumed consumed
                                ? consumed.amount()
                                : event.event() instanceof QuotaRefunded refunded
                                        ? -refunded.amount()
                                        : 0)
                .sum();
    }

    private static long sum(List<LedgerEvent> events, ToLongFunction<LedgerEvent> amount) {
        return events.stream().mapToLong(amount).sum();
    }

    private static List<HistoryItem> walk(
            TokenId token, HistoryQuery.Order order, @Nullable Set<EventType> types, int limit) {
        return walk(token, null, null, order, types, limit);
    }

    private static List<HistoryItem> walk(
            TokenId token,
            @Nullable AsOf from,
            @Nullable AsOf to,
            HistoryQuery.Order order,
            @Nullable Set<EventType> types,
            int limit) {
        List<HistoryItem> all = new ArrayList<>();
        @Nullable HistoryCursor cursor = null;
        do {
            HistoryPage page =
                    history.page(token, new HistoryQuery(from, to, types, order, limit, cursor))
                            .orElseThrow();
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page.items());
            cursor =
                    page.nextCursor() == null
                            ? null
                            : HistoryCursor.parse("cursor", page.nextCursor(), order);
        } while (cursor != null);
        return all;
    }

    private static List<Long> sequences(List<HistoryItem> items) {
        return items.stream().map(HistoryItem::sequence).toList();
    }

    private static List<Long> sequences(TokenId token, Predicate<LedgerEvent> wanted) {
        return events(token).stream()
                .filter(event -> wanted.test(event.event()))
                .map(RecordedEvent::sequence)
                .toList();
    }

    /** The judge: events count until the first that was recorded later. */
    private static List<RecordedEvent> inEffect(StreamId stream, Instant instant) {
        List<RecordedEvent> upTo = new ArrayList<>();
        for (RecordedEvent event : events(stream)) {
            if (event.recordedAt().isAfter(instant)) {
                return upTo;
            }
            upTo.add(event);
        }
        return upTo;
    }

    private static Instant latest(List<RecordedEvent> events) {
        return events.stream()
                .map(RecordedEvent::recordedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Instant someInstant(TokenId token) {
        Instant instant = one(events(token)).recordedAt();
        return switch (RANDOM.nextInt(4)) {
            case 0 -> instant.minusNanos(1000);
            case 1 -> instant.plusNanos(1000);
            default -> instant;
        };
    }

    private static RecordedEvent recordedALittleEarlier(RecordedEvent event) {
        return at(event, event.recordedAt().minusSeconds(RANDOM.nextInt(MOST_SECONDS_BACK + 1)));
    }

    static RecordedEvent at(RecordedEvent event, Instant recordedAt) {
        return new RecordedEvent(
                event.position(),
                event.stream(),
                event.sequence(),
                recordedAt,
                event.actor(),
                event.correlationId(),
                event.event());
    }

    private static List<RecordedEvent> events(StreamId stream) {
        return Objects.requireNonNull(STREAMS.get(stream));
    }

    private static <T> T one(List<T> of) {
        return of.get(RANDOM.nextInt(of.size()));
    }

    private static List<String> texts(@Nullable Object before, @Nullable Object after) {
        return List.of(String.valueOf(before), String.valueOf(after));
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null ? null : node.asString();
    }

    /** A state under the names of the naive fold. */
    static Map<String, @Nullable Object> row(TokenState state) {
        Map<String, @Nullable Object> row = new HashMap<>();
        QuotaPeriod period = state.usage().counting().quotaPeriod();
        RateLimits rates = state.settings().rateLimits();
        List<ModelUse> models = state.usage().counting().models();
        row.put("token_id", state.tokenId().uuid());
        row.put("account_id", state.accountId().uuid());
        row.put("name", state.settings().name());
        row.put("group_name", state.settings().group());
        row.put("quota_limit", state.settings().restrictions().quotaLimit());
        row.put("models", array(state.settings().restrictions().models()));
        row.put("ip_allowlist", array(state.settings().restrictions().ipAllowlist()));
        row.put("expires_at", state.settings().restrictions().expiresAt());
        row.put("mask", state.settings().mask());
        row.put("enabled", state.standing().enabled());
        row.put("disabled_reason", state.standing().disabledReason());
        row.put("expired", state.standing().expired());
        row.put("deleted", state.standing().deleted());
        row.put("total_consumed", state.usage().total());
        row.put("total_before", state.usage().counting().totalBefore());
        row.put("period_every", period == null ? null : period.every().text());
        row.put("period_time_zone", period == null ? null : period.timeZone());
        row.put("period_ends_at", state.usage().counting().endsAt());
        row.put("model_quotas", array(models.stream().map(ModelUse::model).toList()));
        row.put("model_quota_limits", array(models.stream().map(ModelUse::quotaLimit).toList()));
        row.put("model_quota_consumed", array(models.stream().map(ModelUse::consumed).toList()));
        row.put("imported_from", state.importedFrom());
        row.put("requests_per_minute", rates == null ? null : rates.requestsPerMinute());
        row.put("units_per_minute", rates == null ? null : rates.unitsPerMinute());
        row.put("last_used_at", state.usage().lastUsedAt());
        row.put("created_at", state.createdAt());
        row.put("changed_at", state.changedAt());
        row.put("sequence", state.sequence());
        return row;
    }

    private static @Nullable String array(@Nullable List<?> values) {
        return values == null || values.isEmpty()
                ? null
                : values.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
