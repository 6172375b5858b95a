package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.RevealedAs;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A possible history of a small ledger with every type of event in it, the same for a seed. */
final class RandomHistory {
    static final int ACCOUNTS = 3;
    static final int TOKENS = 8;

    private final Random random;
    private final TestLedger ledger;
    private final Map<TokenId, Use> uses = new HashMap<>();
    private final List<StoredEvent> events = new ArrayList<>();
    private final Set<LookupHash> hashes = new LinkedHashSet<>();

    /**
     * @param counted what of the total counts under the token's limit
     */
    private record Use(long total, long counted, boolean inPeriods) {}

    RandomHistory(long seed, int partitions, int length) {
        this.random = new Random(seed);
        this.ledger = new TestLedger(partitions);
        while (events.size() < length) {
            switch (random.nextInt(10)) {
                case 0 -> events.add(ledger.record(CatalogId.CATALOG, catalogEvent()));
                case 1, 2 -> events.add(ledger.record(account(), accountEvent()));
                default -> tokenEvent(TestLedger.token(random.nextInt(TOKENS)));
            }
        }
    }

    List<StoredEvent> events() {
        return events;
    }

    /** Every hash a secret ever had. */
    Set<LookupHash> hashes() {
        return hashes;
    }

    private AccountId account() {
        return TestLedger.account(random.nextInt(ACCOUNTS));
    }

    private AccountEvent accountEvent() {
        return switch (random.nextInt(5)) {
            case 0 -> new AccountEvent.AccountOpened("Acme");
            case 1 -> new AccountEvent.BalanceCredited(1L + random.nextInt(1000), "invoice");
            case 2 -> new AccountEvent.BalanceAdjusted(-1L - random.nextInt(1000), "correction");
            case 3 -> new AccountEvent.AccountSuspended(null);
            default -> new AccountEvent.AccountResumed();
        };
    }

    private CatalogEvent catalogEvent() {
        return switch (random.nextInt(6)) {
            case 0 -> new CatalogEvent.GroupDefined("vip", "VIP");
            case 1 -> new CatalogEvent.GroupRetired("vip");
            case 2 -> new CatalogEvent.ModelListed("gpt-5");
            case 3 -> new CatalogEvent.CatalogClosed();
            case 4 -> new CatalogEvent.CatalogOpened();
            default -> new CatalogEvent.ModelRetired("gpt-5");
        };
    }

    private void tokenEvent(TokenId token) {
        TokenEvent event = uses.containsKey(token) ? next(token) : first(token);
        events.add(ledger.record(token, event));
        if (event instanceof TokenEvent.QuotaPeriodChanged(var period) && period != null) {
            events.add(ledger.record(token, periodStarted(token)));
        }
    }

    private TokenEvent first(TokenId token) {
        uses.put(token, new Use(0, 0, false));
        return TestLedger.created(
                account(), new Restrictions(limit(), models(), sources(), instant()), hash());
    }

    private TokenEvent next(TokenId token) {
        return switch (random.nextInt(23)) {
            case 0 -> new TokenEvent.TokenRenamed("other");
            case 1 -> new TokenEvent.TokenGroupChanged("group" + random.nextInt(3));
            case 2 -> new TokenEvent.QuotaLimitChanged(limit());
            case 3 -> new TokenEvent.ModelAccessChanged(models());
            case 4 -> new TokenEvent.IpAllowlistChanged(sources());
            case 5 -> new TokenEvent.ExpirationChanged(instant());
            case 6 -> new TokenEvent.TokenEnabled();
            case 7 -> new TokenEvent.TokenDisabled("reason");
            case 8 -> new TokenEvent.TokenExpired(TestLedger.NOW);
            case 9 -> new TokenEvent.TokenDeleted();
            case 10 -> new TokenEvent.SecretRevealed(RevealedAs.SECRET);
            case 11 -> new TokenEvent.SecretRotated(hash(), "sk-tkfB**wxyz", instant());
            case 12 -> new TokenEvent.QuotaExhausted(use(token).counted(), 1L);
            case 13 -> new TokenEvent.ModelQuotaExhausted("gpt-5", 1, 1);
            case 14 -> new TokenEvent.TokenImported("new-api", null, random.nextInt(100));
            case 15 -> periodChanged(token);
            case 16 -> use(token).inPeriods() ? periodStarted(token) : consumed(token);
            case 17 -> new TokenEvent.ModelQuotasChanged(modelQuotas());
            case 18 -> refunded(token);
            case 19 ->
                    new TokenEvent.RateLimitsChanged(
                            random.nextBoolean()
                                    ? null
                                    : new RateLimits(1L + random.nextInt(9), null));
            default -> consumed(token);
        };
    }

    private TokenEvent periodChanged(TokenId token) {
        Use use = use(token);
        if (use.inPeriods() && random.nextBoolean()) {
            uses.put(token, new Use(use.total(), use.total(), false));
            return new TokenEvent.QuotaPeriodChanged(null);
        }
        return new TokenEvent.QuotaPeriodChanged(
                new QuotaPeriod(QuotaPeriod.Every.WEEK, "Asia/Shanghai"));
    }

    private TokenEvent periodStarted(TokenId token) {
        long total = use(token).total();
        uses.put(token, new Use(total, 0, true));
        return new TokenEvent.QuotaPeriodStarted(
                TestLedger.NOW, TestLedger.NOW.plusSeconds(1 + random.nextInt(3600)), total);
    }

    private TokenEvent consumed(TokenId token) {
        long amount = 1L + random.nextInt(100);
        Use use = use(token);
        long total = use.total() + amount;
        uses.put(token, new Use(total, use.counted() + amount, use.inPeriods()));
        return new TokenEvent.QuotaConsumed("u" + events.size(), amount, model(), total, false);
    }

    /** Of the current period, or of an earlier one; also of the last after the clock ended it. */
    private TokenEvent refunded(TokenId token) {
        Use use = use(token);
        boolean current = !use.inPeriods() || random.nextBoolean();
        long most = current ? Math.min(use.counted(), use.total()) : use.total();
        if (most == 0) {
            return consumed(token);
        }
        long amount = 1 + random.nextLong(most);
        long total = use.total() - amount;
        uses.put(token, new Use(total, use.counted() - (current ? amount : 0), use.inPeriods()));
        return new TokenEvent.QuotaRefunded("u0", amount, model(), "refund", current, total);
    }

    private Use use(TokenId token) {
        return uses.getOrDefault(token, new Use(0, 0, false));
    }

    private @Nullable String model() {
        return random.nextInt(3) == 0 ? null : "model-" + random.nextInt(3);
    }

    private @Nullable List<ModelQuota> modelQuotas() {
        List<ModelQuota> quotas = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            if (random.nextBoolean()) {
                quotas.add(new ModelQuota("model-" + i, random.nextInt(500)));
            }
        }
        return quotas.isEmpty() ? null : quotas;
    }

    private LookupHash hash() {
        LookupHash hash = new LookupHash(random.nextLong(), 0, 0, 0);
        hashes.add(hash);
        return hash;
    }

    private @Nullable Long limit() {
        return random.nextBoolean() ? null : Long.valueOf(random.nextInt(500));
    }

    private @Nullable List<String> models() {
        return random.nextBoolean() ? null : List.of("gpt-5", "model-" + random.nextInt(3));
    }

    private @Nullable List<IpRange> sources() {
        return random.nextBoolean()
                ? null
                : List.of(IpRange.parse("10." + random.nextInt(3) + ".0.0/16"));
    }

    private @Nullable Instant instant() {
        return random.nextBoolean()
                ? null
                : TestLedger.NOW.plusSeconds(random.nextInt(7200) - 3600);
    }
}
