package com.tokaify.ledger.query;

import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.CatalogEvent.GroupRetired;
import com.tokaify.ledger.events.CatalogEvent.ModelListed;
import com.tokaify.ledger.events.CatalogEvent.ModelRetired;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.RevealedAs;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.ExpirationChanged;
import com.tokaify.ledger.events.TokenEvent.IpAllowlistChanged;
import com.tokaify.ledger.events.TokenEvent.ModelAccessChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.SecretRevealed;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.TokenEvent.TokenGroupChanged;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.LookupHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A history of every kind of event over a few accounts and many tokens; the same for the same seed.
 * Then read as a consumer may read it: in order within each partition, and in no order between
 * them.
 */
public final class RandomHistory {
    private static final int ACCOUNTS = 3;
    private static final List<String> GROUPS = List.of("default", "vip", "batch");
    private static final List<String> MODELS = List.of("gpt-a", "gpt-b", "claude-c");
    private static final List<IpRange> RANGES =
            List.of(IpRange.parse("10.0.0.0/8"), IpRange.parse("2001:db8::/32"));

    private final Random random;
    private final ScriptedLedger ledger;
    private final List<AccountId> accounts = new ArrayList<>();
    private final List<TokenId> tokens = new ArrayList<>();
    private final Map<TokenId, Long> totals = new HashMap<>();

    private RandomHistory(long seed, int partitions) {
        this.random = new Random(seed);
        this.ledger = new ScriptedLedger(partitions);
    }

    /** At least {@code count} events, partition by partition in order. */
    public static List<RecordedEvent> of(long seed, int partitions, int count) {
        RandomHistory history = new RandomHistory(seed, partitions);
        List<RecordedEvent> written = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            AccountId account = history.ledger.newAccountId();
            history.accounts.add(account);
            written.add(history.ledger.record(account, new AccountOpened("Account " + i)));
        }
        while (written.size() < count) {
            written.add(history.next());
        }
        return history.asRead(written);
    }

    private RecordedEvent next() {
        int kind = random.nextInt(100);
        if (kind < 15 || tokens.isEmpty()) {
            TokenId token = ledger.newTokenId();
            tokens.add(token);
            return ledger.record(
                    token,
                    ScriptedLedger.tokenCreated(
                            one(accounts), "Token " + tokens.size(), one(GROUPS), restrictions()));
        }
        if (kind < 20) {
            return ledger.record(one(accounts), accountEvent());
        }
        if (kind < 23) {
            return ledger.record(CatalogId.CATALOG, catalogEvent());
        }
        TokenId token = one(tokens);
        return ledger.record(token, kind < 70 ? usage(token) : tokenEvent());
    }

    private TokenEvent usage(TokenId token) {
        long amount = 1L + random.nextInt(1000);
        long before = totals.getOrDefault(token, 0L);
        if (before >= amount && random.nextInt(10) == 0) {
            totals.put(token, before - amount);
            return new QuotaRefunded("usage", amount, "error", before - amount);
        }
        totals.put(token, before + amount);
        return new QuotaConsumed("usage", amount, one(MODELS), before + amount, false);
    }

    private TokenEvent tokenEvent() {
        return switch (random.nextInt(13)) {
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
            default -> new QuotaExhausted(5, 5L);
        };
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
        return switch (random.nextInt(4)) {
            case 0 -> new GroupDefined(one(GROUPS), "Group " + random.nextInt(100));
            case 1 -> new GroupRetired(one(GROUPS));
            case 2 -> new ModelListed(one(MODELS));
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
