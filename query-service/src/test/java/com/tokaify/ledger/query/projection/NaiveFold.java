package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.CatalogEvent.CatalogClosed;
import com.tokaify.ledger.events.CatalogEvent.CatalogOpened;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.CatalogEvent.GroupRetired;
import com.tokaify.ledger.events.CatalogEvent.ModelListed;
import com.tokaify.ledger.events.CatalogEvent.ModelRetired;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.ExpirationChanged;
import com.tokaify.ledger.events.TokenEvent.IpAllowlistChanged;
import com.tokaify.ledger.events.TokenEvent.ModelAccessChanged;
import com.tokaify.ledger.events.TokenEvent.ModelQuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.SecretRevealed;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.TokenEvent.TokenGroupChanged;
import com.tokaify.ledger.events.TokenEvent.TokenImported;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * The views worked out a second time, the slow and obvious way: every column by looking for the
 * last event that speaks of it, every sum by adding up amounts. Shares no code with the
 * projections.
 */
public final class NaiveFold {
    private static final Set<Class<?>> NO_CHANGE =
            Set.of(
                    QuotaConsumed.class,
                    QuotaRefunded.class,
                    QuotaExhausted.class,
                    ModelQuotaExhausted.class,
                    QuotaPeriodStarted.class,
                    TokenImported.class,
                    SecretRevealed.class);

    /** Minus infinity, as JDBC reads it. */
    private static final Instant NEVER = Instant.ofEpochMilli(PGStatement.DATE_NEGATIVE_INFINITY);

    private final Map<StreamId, List<RecordedEvent>> streams;

    NaiveFold(List<RecordedEvent> history) {
        streams =
                history.stream()
                        .sorted(Comparator.comparingLong(RecordedEvent::sequence))
                        .collect(Collectors.groupingBy(RecordedEvent::stream));
    }

    List<String> tokens() {
        return rows(TokenId.class, NaiveFold::token);
    }

    List<String> accounts() {
        return rows(AccountId.class, NaiveFold::account);
    }

    List<String> totals() {
        Map<UUID, long[]> sums = new HashMap<>();
        for (List<RecordedEvent> events : streams.values()) {
            UUID account = accountOf(events.getFirst());
            for (RecordedEvent event : events) {
                if (event.event() instanceof BalanceCredited(long amount, _)) {
                    sums.computeIfAbsent(account, _ -> new long[3])[0] += amount;
                } else if (event.event() instanceof BalanceAdjusted(long amount, _)) {
                    sums.computeIfAbsent(account, _ -> new long[3])[1] += amount;
                } else if (booked(event.event()) != 0) {
                    sums.computeIfAbsent(account, _ -> new long[3])[2] += booked(event.event());
                }
            }
        }
        return sums.entrySet().stream()
                .map(sum -> {
                    Map<String, @Nullable Object> row = new HashMap<>();
                    row.put("account_id", sum.getKey());
                    row.put("credited", sum.getValue()[0]);
                    row.put("adjusted", sum.getValue()[1]);
                    row.put("consumed", sum.getValue()[2]);
                    return text(row);
                })
                .sorted()
                .toList();
    }

    /** What lists are sorted by, of tokens that are not deleted. */
    List<String> uses() {
        return streams.values().stream()
                .filter(events -> events.getFirst().event() instanceof TokenCreated)
                .map(NaiveFold::token)
                .filter(token -> token.get("deleted") instanceof Boolean deleted && !deleted)
                .map(NaiveFold::use)
                .sorted()
                .toList();
    }

    private static String use(Map<String, @Nullable Object> token) {
        long total = (Long) Objects.requireNonNull(token.get("total_consumed"));
        long counted = total - (Long) Objects.requireNonNull(token.get("total_before"));
        Object limit = token.get("quota_limit");
        int percent = 100;
        while (limit != null && counted < Math.ceilDiv((Long) limit * percent, 100L)) {
            percent--;
        }
        Object usedAt = token.get("last_used_at");
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("token_id", token.get("token_id"));
        row.put("account_id", token.get("account_id"));
        row.put("used_at", usedAt == null ? NEVER : usedAt);
        row.put("used_total", total);
        row.put("used_percent", limit == null ? -1 : Math.max(0, percent));
        return text(row);
    }

    List<String> usageOfTokens() {
        return usage("token_id", events -> events.getFirst().stream().uuid());
    }

    List<String> usageOfAccounts() {
        return usage("account_id", events -> accountOf(events.getFirst()));
    }

    private List<String> usage(String id, Function<List<RecordedEvent>, UUID> of) {
        Map<List<Object>, long[]> sums = new HashMap<>();
        for (List<RecordedEvent> events : streams.values()) {
            for (RecordedEvent event : events) {
                if (booked(event.event()) == 0) {
                    continue;
                }
                ZonedDateTime at = event.recordedAt().atZone(ZoneOffset.UTC);
                Instant quarter =
                        at.truncatedTo(ChronoUnit.HOURS)
                                .plusMinutes(at.getMinute() / 15 * 15L)
                                .toInstant();
                String model = modelOf(event.event());
                long[] sum =
                        sums.computeIfAbsent(
                                List.of(of.apply(events), quarter, model == null ? "" : model),
                                _ -> new long[4]);
                int column = event.event() instanceof QuotaConsumed ? 0 : 2;
                sum[column]++;
                sum[column + 1] += Math.abs(booked(event.event()));
            }
        }
        return sums.entrySet().stream()
                .map(sum ->
                        text(
                                Map.of(
                                        id,
                                        sum.getKey().get(0),
                                        "starts_at",
                                        sum.getKey().get(1),
                                        "model",
                                        sum.getKey().get(2),
                                        "calls",
                                        sum.getValue()[0],
                                        "consumed",
                                        sum.getValue()[1],
                                        "refunds",
                                        sum.getValue()[2],
                                        "refunded",
                                        sum.getValue()[3])))
                .sorted()
                .toList();
    }

    List<String> entries() {
        List<String> rows = new ArrayList<>();
        for (List<RecordedEvent> events : streams.values()) {
            for (RecordedEvent event : events) {
                if (event.event() instanceof BalanceCredited(long amount, String reference)) {
                    rows.add(entry(event, "credit", amount, reference));
                } else if (event.event() instanceof BalanceAdjusted(long amount, String reason)) {
                    rows.add(entry(event, "adjustment", amount, reason));
                }
            }
        }
        return rows.stream().sorted().toList();
    }

    private static String entry(RecordedEvent event, String kind, long amount, String note) {
        return text(
                Map.of(
                        "account_id",
                        event.stream().uuid(),
                        "recorded_at",
                        event.recordedAt(),
                        "sequence",
                        event.sequence(),
                        "kind",
                        kind,
                        "amount",
                        amount,
                        "note",
                        note));
    }

    List<String> days() {
        Map<List<Object>, Long> moved = new HashMap<>();
        for (List<RecordedEvent> events : streams.values()) {
            for (RecordedEvent event : events) {
                long by =
                        event.event() instanceof BalanceCredited credited
                                ? credited.amount()
                                : event.event() instanceof BalanceAdjusted adjusted
                                        ? adjusted.amount()
                                        : -booked(event.event());
                if (by != 0) {
                    moved.merge(
                            List.of(
                                    accountOf(events.getFirst()),
                                    LocalDate.ofInstant(event.recordedAt(), ZoneOffset.UTC)),
                            by,
                            Long::sum);
                }
            }
        }
        return moved.entrySet().stream()
                .map(day ->
                        text(
                                Map.of(
                                        "account_id",
                                        day.getKey().get(0),
                                        "day",
                                        day.getKey().get(1),
                                        "moved",
                                        day.getValue())))
                .sorted()
                .toList();
    }

    List<String> groups() {
        Map<String, String> rows = new HashMap<>();
        Map<String, String> displayNames = new HashMap<>();
        for (RecordedEvent event : catalog()) {
            if (event.event() instanceof GroupDefined(String name, String displayName)) {
                displayNames.put(name, displayName);
                rows.put(name, group(name, displayName, false));
            } else if (event.event() instanceof GroupRetired(String name)
                    && displayNames.containsKey(name)) {
                rows.put(name, group(name, displayNames.getOrDefault(name, ""), true));
            }
        }
        return rows.values().stream().sorted().toList();
    }

    List<String> models() {
        Map<String, String> rows = new HashMap<>();
        for (RecordedEvent event : catalog()) {
            if (event.event() instanceof ModelListed(String model)) {
                rows.put(model, text(Map.of("model", model, "retired", false)));
            } else if (event.event() instanceof ModelRetired(String model)) {
                rows.computeIfPresent(
                        model, (_, _) -> text(Map.of("model", model, "retired", true)));
            }
        }
        return rows.values().stream().sorted().toList();
    }

    List<String> access() {
        return catalog().stream()
                .map(RecordedEvent::event)
                .filter(event -> event instanceof CatalogClosed || event instanceof CatalogOpened)
                .reduce((_, later) -> later)
                .map(last -> text(Map.of("single", true, "closed", last instanceof CatalogClosed)))
                .stream()
                .toList();
    }

    /** A row as text, its columns in the order of the alphabet. */
    static String text(Map<String, ? extends @Nullable Object> row) {
        return new TreeMap<>(row).toString();
    }

    private List<RecordedEvent> catalog() {
        return streams.getOrDefault(CatalogId.CATALOG, List.of());
    }

    private static String group(String name, String displayName, boolean retired) {
        return text(Map.of("name", name, "display_name", displayName, "retired", retired));
    }

    private <S extends StreamId> List<String> rows(
            Class<S> kind, Function<List<RecordedEvent>, Map<String, @Nullable Object>> row) {
        return streams.entrySet().stream()
                .filter(stream -> kind.isInstance(stream.getKey()))
                .map(stream -> text(row.apply(stream.getValue())))
                .sorted()
                .toList();
    }

    /** The row of one token, after these events of its. */
    public static Map<String, @Nullable Object> token(List<RecordedEvent> events) {
        TokenCreated created = (TokenCreated) events.getFirst().event();
        LedgerEvent onOff =
                last(events, e -> e instanceof TokenEnabled || e instanceof TokenDisabled);
        LedgerEvent expiry =
                last(events, e -> e instanceof TokenExpired || e instanceof ExpirationChanged);
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("token_id", events.getFirst().stream().uuid());
        row.put("account_id", created.accountId().uuid());
        row.put(
                "name",
                last(events, TokenRenamed.class) instanceof TokenRenamed(String name)
                        ? name
                        : created.name());
        row.put(
                "group_name",
                last(events, TokenGroupChanged.class) instanceof TokenGroupChanged(String group)
                        ? group
                        : created.group());
        row.put(
                "quota_limit",
                last(events, QuotaLimitChanged.class) instanceof QuotaLimitChanged changed
                        ? changed.quotaLimit()
                        : created.restrictions().quotaLimit());
        row.put(
                "models",
                array(
                        last(events, ModelAccessChanged.class) instanceof ModelAccessChanged changed
                                ? changed.models()
                                : created.restrictions().models()));
        row.put(
                "ip_allowlist",
                array(
                        last(events, IpAllowlistChanged.class) instanceof IpAllowlistChanged changed
                                ? changed.ipAllowlist()
                                : created.restrictions().ipAllowlist()));
        row.put(
                "expires_at",
                last(events, ExpirationChanged.class) instanceof ExpirationChanged changed
                        ? changed.expiresAt()
                        : created.restrictions().expiresAt());
        row.put(
                "mask",
                last(events, SecretRotated.class) instanceof SecretRotated rotated
                        ? rotated.mask()
                        : created.mask());
        row.put("enabled", !(onOff instanceof TokenDisabled));
        row.put("disabled_reason", onOff instanceof TokenDisabled off ? off.reason() : null);
        row.put("expired", expiry instanceof TokenExpired);
        row.put("deleted", last(events, TokenDeleted.class) != null);
        row.put("total_consumed", total(events));
        row.put(
                "imported_from",
                last(events, TokenImported.class) instanceof TokenImported imported
                        ? imported.source()
                        : null);
        RateLimits rates =
                last(events, RateLimitsChanged.class) instanceof RateLimitsChanged changed
                        ? changed.rateLimits()
                        : null;
        row.put("requests_per_minute", rates == null ? null : rates.requestsPerMinute());
        row.put("units_per_minute", rates == null ? null : rates.unitsPerMinute());
        putPeriod(row, events);
        putModels(row, events);
        row.put("last_used_at", lastAt(events, e -> e instanceof QuotaConsumed));
        row.put("created_at", events.getFirst().recordedAt());
        row.put("changed_at", lastAt(events, e -> !NO_CHANGE.contains(e.getClass())));
        row.put("sequence", events.size() - 1L);
        return row;
    }

    /** What counts is added up from when the period began; all the rest of the total does not. */
    private static void putPeriod(Map<String, @Nullable Object> row, List<RecordedEvent> events) {
        QuotaPeriod period =
                last(events, QuotaPeriodChanged.class) instanceof QuotaPeriodChanged changed
                        ? changed.quotaPeriod()
                        : null;
        int ended = lastIndex(events, e -> e instanceof QuotaPeriodChanged(var p) && p == null);
        int begun = lastIndex(events, e -> e instanceof QuotaPeriodStarted);
        row.put("period_every", period == null ? null : period.every().text());
        row.put("period_time_zone", period == null ? null : period.timeZone());
        if (begun <= ended) {
            row.put("period_ends_at", null);
            row.put("total_before", 0L);
            return;
        }
        row.put("period_ends_at", ((QuotaPeriodStarted) events.get(begun).event()).endsAt());
        long counted =
                events.subList(begun, events.size()).stream()
                        .filter(event -> countsNow(event.event()))
                        .mapToLong(event -> booked(event.event()))
                        .sum();
        row.put("total_before", total(events) - counted);
    }

    private static void putModels(Map<String, @Nullable Object> row, List<RecordedEvent> events) {
        List<ModelQuota> quotas =
                last(events, ModelQuotasChanged.class) instanceof ModelQuotasChanged changed
                        ? changed.modelQuotas()
                        : null;
        row.put(
                "model_quotas",
                array(quotas == null ? null : quotas.stream().map(ModelQuota::model).toList()));
        row.put(
                "model_quota_limits",
                array(
                        quotas == null
                                ? null
                                : quotas.stream().map(ModelQuota::quotaLimit).toList()));
        row.put(
                "model_quota_consumed",
                array(
                        quotas == null
                                ? null
                                : quotas.stream()
                                        .map(quota -> counted(events, quota.model()))
                                        .toList()));
    }

    /** From when the model was last without a limit, or the last period began. */
    private static long counted(List<RecordedEvent> events, String model) {
        int unlimited =
                lastIndex(
                        events,
                        e -> e instanceof ModelQuotasChanged(var quotas) && !names(quotas, model));
        int limited = unlimited + 1;
        while (!(events.get(limited).event() instanceof ModelQuotasChanged)) {
            limited++;
        }
        int begun = lastIndex(events, e -> e instanceof QuotaPeriodStarted);
        long count = 0;
        for (RecordedEvent event : events.subList(Math.max(limited, begun), events.size())) {
            if (model.equals(modelOf(event.event())) && countsNow(event.event())) {
                count = Math.max(0, count + booked(event.event()));
            }
        }
        return count;
    }

    private static boolean names(@Nullable List<ModelQuota> quotas, String model) {
        return quotas != null && quotas.stream().anyMatch(quota -> quota.model().equals(model));
    }

    private static @Nullable String modelOf(LedgerEvent event) {
        return event instanceof QuotaConsumed consumed
                ? consumed.model()
                : event instanceof QuotaRefunded refunded ? refunded.model() : null;
    }

    private static boolean countsNow(LedgerEvent event) {
        return !(event instanceof QuotaRefunded refunded) || refunded.currentPeriod();
    }

    private static long total(List<RecordedEvent> events) {
        return events.stream().mapToLong(event -> booked(event.event())).sum();
    }

    private static Map<String, @Nullable Object> account(List<RecordedEvent> events) {
        AccountOpened opened = (AccountOpened) events.getFirst().event();
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("account_id", events.getFirst().stream().uuid());
        row.put("name", opened.name());
        row.put(
                "suspended",
                last(events, e -> e instanceof AccountSuspended || e instanceof AccountResumed)
                        instanceof AccountSuspended);
        row.put("opened_at", events.getFirst().recordedAt());
        row.put("sequence", events.size() - 1L);
        return row;
    }

    private static UUID accountOf(RecordedEvent first) {
        return first.event() instanceof TokenCreated created
                ? created.accountId().uuid()
                : first.stream().uuid();
    }

    private static long booked(LedgerEvent event) {
        return event instanceof QuotaConsumed consumed
                ? consumed.amount()
                : event instanceof QuotaRefunded refunded ? -refunded.amount() : 0;
    }

    private static @Nullable String array(@Nullable List<?> values) {
        return values == null
                ? null
                : values.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static @Nullable LedgerEvent last(
            List<RecordedEvent> events, Class<? extends LedgerEvent> kind) {
        return last(events, kind::isInstance);
    }

    private static @Nullable LedgerEvent last(
            List<RecordedEvent> events, Predicate<LedgerEvent> wanted) {
        return backwards(events).map(RecordedEvent::event).filter(wanted).findFirst().orElse(null);
    }

    private static int lastIndex(List<RecordedEvent> events, Predicate<LedgerEvent> wanted) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (wanted.test(events.get(i).event())) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Object lastAt(
            List<RecordedEvent> events, Predicate<LedgerEvent> wanted) {
        return backwards(events)
                .filter(event -> wanted.test(event.event()))
                .map(RecordedEvent::recordedAt)
                .findFirst()
                .orElse(null);
    }

    private static Stream<RecordedEvent> backwards(List<RecordedEvent> events) {
        return new ArrayList<>(events).reversed().stream();
    }
}
