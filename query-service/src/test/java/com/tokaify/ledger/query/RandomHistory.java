package com.tokaify.ledger.query;

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
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.RevealedAs;
import com.tokaify.ledger.events.TokenEvent;
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
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.TokenEvent.TokenGroupChanged;
import com.tokaify.ledger.events.TokenEvent.TokenImported;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A history of every kind of event over a few accounts and many tokens; the same for the same seed.
 * Then read as a consumer may read it: in order within each partition, and in no order between
 * them.
 */
public final class RandomHistory {
    private static final int ACCOUNTS = 3;
    private static final List<String> GROUPS = List.of("default", "vip", "batch");
    private static final List<String> MODELS = List.of("gpt-a", "gpt-b", "claude-c");
    private static final List<QuotaPeriod.Every> LENGTHS = List.of(QuotaPeriod.Every.values());
    private static final List<String> ZONES = List.of("UTC", "Asia/Shanghai");
    private static final List<IpRange> RANGES =
            List.of(IpRange.parse("10.0.0.0/8"), IpRange.parse("2001:db8::/32"));

    private final int mostTokens;
    private final Random random;
    private final ScriptedLedger ledger;
    private final List<AccountId> accounts = new ArrayList<>();
    private final List<TokenId> tokens = new ArrayList<>();
    private final Map<TokenId, Use> uses = new HashMap<>();

    /**
     * @param counted what of the total counts under the token's limit
     */
    private record Use(long total, long counted, boolean inPeriods) {}

    private RandomHistory(long seed, int partitions, int mostTokens) {
        this.mostTokens = mostTokens;
        this.random = new Random(seed);
        this.ledger = new ScriptedLedger(partitions);
    }

    /** At least {@code count} events, partition by partition in order. */
    public static List<RecordedEvent> of(long seed, int partitions, int count) {
        return of(seed, partitions, count, Integer.MAX_VALUE);
    }

    /** The same of few tokens, each of which has many events. */
    public static List<RecordedEvent> of(long seed, int partitions, int count, int mostTokens) {
        RandomHistory history = new RandomHistory(seed, partitions, mostTokens);
        List<RecordedEvent> written = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            AccountId account = history.ledger.newAccountId();
            history.accounts.add(account);
            written.add(history.ledger.record(account, new AccountOpened("Account " + i)));
        }
        while (written.size() < count) {
            history.next(written);
        }
        return history.asRead(written);
    }

    /** The same over weeks instead of minutes: the time since the first event, so many times. */
    public static List<RecordedEvent> stretched(List<RecordedEvent> history, int times) {
        return history.stream()
                .map(event ->
                        new RecordedEvent(
                                event.position(),
                                event.stream(),
                                event.sequence(),
                                ScriptedLedger.BEGINNING.plus(
                                        Duration.between(
                                                        ScriptedLedger.BEGINNING,
                                                        event.recordedAt())
                                                .multipliedBy(times)),
                                event.actor(),
                                event.correlationId(),
                                event.event()))
                .toList();
    }

    private void next(List<RecordedEvent> written) {
        int kind = random.nextInt(100);
        if (tokens.isEmpty() || (kind < 15 && tokens.size() < mostTokens)) {
            TokenId token = ledger.newTokenId();
            tokens.add(token);
            uses.put(token, new Use(0, 0, false));
            written.add(
                    ledger.record(
                            token,
                            ScriptedLedger.tokenCreated(
                                    one(accounts),
                                    "Token " + tokens.size(),
                                    one(GROUPS),
                                    restrictions())));
            if (random.nextInt(4) == 0) {
                written.add(ledger.record(token, new TokenImported("new-api", null, 7)));
            }
        } else if (kind < 20) {
            written.add(ledger.record(one(accounts), accountEvent()));
        } else if (kind < 23) {
            written.add(ledger.record(CatalogId.CATALOG, catalogEvent()));
        } else {
            TokenId token = one(tokens);
            TokenEvent event =
                    kind < 65 ? usage(token) : kind < 73 ? periodEvent(token) : tokenEvent();
            written.add(ledger.record(token, event));
            if (event instanceof QuotaPeriodChanged(var period) && period != null) {
                written.add(ledger.record(token, periodStarted(token)));
            }
        }
    }

    private TokenEvent usage(TokenId token) {
        long amount = 1L + random.nextInt(1000);
        Use use = use(token);
        boolean current = !use.inPeriods() || random.nextBoolean();
        // Of an earlier period may be also what the last one counted, once the clock has ended it.
        boolean mayBeGivenBack = (current ? use.counted() : use.total()) >= amount;
        if (mayBeGivenBack && use.total() >= amount && random.nextInt(5) == 0) {
            long total = use.total() - amount;
            uses.put(
                    token, new Use(total, use.counted() - (current ? amount : 0), use.inPeriods()));
            return new QuotaRefunded("usage", amount, one(MODELS), "error", current, total);
        }
        long total = use.total() + amount;
        uses.put(token, new Use(total, use.counted() + amount, use.inPeriods()));
        return new QuotaConsumed("usage", amount, one(MODELS), total, false);
    }

    private TokenEvent periodEvent(TokenId token) {
        Use use = use(token);
        int kind = use.inPeriods() ? random.nextInt(3) : 2;
        if (kind == 0) {
            return periodStarted(token);
        }
        if (kind == 1) {
            uses.put(token, new Use(use.total(), use.total(), false));
            return new QuotaPeriodChanged(null);
        }
        return new QuotaPeriodChanged(new QuotaPeriod(one(LENGTHS), one(ZONES)));
    }

    private TokenEvent periodStarted(TokenId token) {
        long total = use(token).total();
        uses.put(token, new Use(total, 0, true));
        return new QuotaPeriodStarted(
                ledger.now(), ledger.now().plusSeconds(1 + random.nextInt(10_000)), total);
    }

    private Use use(TokenId token) {
        return uses.getOrDefault(token, new Use(0, 0, false));
    }

    private TokenEvent tokenEvent() {
        return switch (random.nextInt(17)) {
            case 0 -> new TokenRenamed("Renamed " + random.nextInt(100));
            case 1 -> new TokenGroupChanged(one(GROUPS));
            case 2 -> new QuotaLimitChanged(restrictions().quotaLimit());
            case 3 -> new ModelAccessChanged(restrictions().models());
            case 4 -> new IpAllowlistChanged(restrictions().ipAllowlist());
            case 5 -> new ExpirationChanged(restrictions().expiresAt());
            case 6 -> new TokenEnabled();
            case 7 -> new TokenDisabled(random.nextBoolean() ? "why" : null);
            case 8 -> new TokenExpired(ledger.now());
            case 9 -> new TokenDeleted();
            case 10 -> new SecretRevealed(RevealedAs.COPY_TOKEN);
            case 11 ->
                    new SecretRotated(new LookupHash(9, 9, 9, 9), "sk-" + random.nextInt(), null);
            case 12 -> new QuotaExhausted(5, 5L);
            case 13 -> new ModelQuotaExhausted(one(MODELS), 5, 5);
            case 14 ->
                    new RateLimitsChanged(
                            RateLimits.orNone(new RateLimits(randomRate(), randomRate())));
            default -> new ModelQuotasChanged(modelQuotas());
        };
    }

    private @Nullable Long randomRate() {
        return random.nextBoolean() ? null : 1L + random.nextInt(100);
    }

    private @Nullable List<ModelQuota> modelQuotas() {
        List<String> models = new ArrayList<>(MODELS);
        Collections.shuffle(models, random);
        int count = random.nextInt(models.size() + 1);
        return count == 0
                ? null
                : models.subList(0, count).stream()
                        .map(model -> new ModelQuota(model, random.nextInt(10_000)))
                        .toList();
    }

    private LedgerEvent accountEvent() {
        return switch (random.nextInt(4)) {
            case 0 -> new BalanceCredited(1 + random.nextInt(100_000), "reference");
            case 1 -> new BalanceAdjusted(-1 - random.nextInt(1000), "goodwill");
            case 2 -> new AccountSuspended(null);
            default -> new AccountResumed();
        };
    }

    private LedgerEvent catalogEvent() {
        return switch (random.nextInt(6)) {
            case 0 -> new GroupDefined(one(GROUPS), "Group " + random.nextInt(100));
            case 1 -> new GroupRetired(one(GROUPS));
            case 2 -> new ModelListed(one(MODELS));
            case 3 -> new CatalogClosed();
            case 4 -> new CatalogOpened();
            default -> new ModelRetired(one(MODELS));
        };
    }

    private Restrictions restrictions() {
        return new Restrictions(
                random.nextBoolean() ? (long) random.nextInt(10_000) : null,
                random.nextBoolean() ? MODELS.subList(0, 1 + random.nextInt(3)) : null,
                random.nextBoolean() ? RANGES.subList(0, 1 + random.nextInt(2)) : null,
                random.nextBoolean() ? ledger.now().plusSeconds(random.nextInt(10_000)) : null);
    }

    private List<RecordedEvent> asRead(List<RecordedEvent> written) {
        Map<Integer, List<RecordedEvent>> unread = new HashMap<>();
        List<Integer> turns = new ArrayList<>();
        for (RecordedEvent event : written) {
            int partition = event.position().partition();
            unread.computeIfAbsent(partition, _ -> new ArrayList<>()).add(event);
            turns.add(partition);
        }
        Collections.shuffle(turns, random);
        List<RecordedEvent> read = new ArrayList<>(written.size());
        for (int partition : turns) {
            read.add(unread.getOrDefault(partition, List.of()).removeFirst());
        }
        return List.copyOf(read);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
