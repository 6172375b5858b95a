package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.CatalogEvent;
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
    private final Map<TokenId, Long> totals = new HashMap<>();
    private final List<StoredEvent> events = new ArrayList<>();
    private final Set<LookupHash> hashes = new LinkedHashSet<>();

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
        return switch (random.nextInt(4)) {
            case 0 -> new CatalogEvent.GroupDefined("vip", "VIP");
            case 1 -> new CatalogEvent.GroupRetired("vip");
            case 2 -> new CatalogEvent.ModelListed("gpt-5");
            default -> new CatalogEvent.ModelRetired("gpt-5");
        };
    }

    private void tokenEvent(TokenId token) {
        TokenEvent event = totals.containsKey(token) ? next(token) : first(token);
        events.add(ledger.record(token, event));
    }

    private TokenEvent first(TokenId token) {
        totals.put(token, 0L);
        return TestLedger.created(
                account(), new Restrictions(limit(), models(), sources(), instant()), hash());
    }

    private TokenEvent next(TokenId token) {
        return switch (random.nextInt(16)) {
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
            case 12 -> new TokenEvent.QuotaExhausted(total(token), 1L);
            case 13 -> refunded(token);
            default -> consumed(token);
        };
    }

    private TokenEvent consumed(TokenId token) {
        long amount = 1L + random.nextInt(100);
        long total = totals.merge(token, amount, Long::sum);
        return new TokenEvent.QuotaConsumed("u" + events.size(), amount, null, total, false);
    }

    private TokenEvent refunded(TokenId token) {
        if (total(token) == 0) {
            return consumed(token);
        }
        long amount = 1 + random.nextLong(total(token));
        long total = totals.merge(token, -amount, Long::sum);
        return new TokenEvent.QuotaRefunded("u0", amount, "refund", total);
    }

    private long total(TokenId token) {
        return totals.getOrDefault(token, 0L);
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
