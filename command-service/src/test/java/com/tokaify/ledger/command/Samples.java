package com.tokaify.ledger.command;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.RecallingCommand;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.RevealedAs;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.LookupHash;
import com.tokaify.ledger.service.access.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Valid values that tests build on: a moment, ids, a context, and one event of every type. */
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-07-01T12:00:00.123456Z");
    public static final TokenId TOKEN = tokenId(1);
    public static final AccountId ACCOUNT = new AccountId(new UUID(0x0198_0000_0001_7000L, 1));
    public static final CommandContext CONTEXT =
            new CommandContext(NOW, new Actor(Actor.Kind.OPERATOR, "sample"), "request-1");

    /** Of somebody who acts for another account. */
    public static final CommandContext STRANGER =
            new CommandContext(
                    NOW,
                    new Actor(Actor.Kind.OWNER, "stranger"),
                    new Scope.OneAccount(new AccountId(new UUID(0x0198_0000_0001_7000L, 2))),
                    "request-2",
                    null);

    public static final LookupHash HASH = new LookupHash(1, 2, 3, 4);
    public static final LookupHash NEXT_HASH = new LookupHash(5, 6, 7, 8);
    public static final String MASK = "sk-tkfA**********wxyz";

    private Samples() {}

    /** Another token for each number. */
    public static TokenId tokenId(long number) {
        return new TokenId(new UUID(0x0198_0000_0000_7000L, number));
    }

    /** What the bus hands a command whose fact was recorded before. */
    public static Map<OnceKey, RecordedFact> facts(
            RecallingCommand<?> command, LedgerEvent earlier) {
        return Map.of(command.recalls().getFirst(), new RecordedFact(command.stream(), 1, earlier));
    }

    public static Restrictions limit(@Nullable Long quotaLimit) {
        return new Restrictions(quotaLimit, null, null, null);
    }

    /** Each token's own, since no two tokens of a store have the same secret. */
    public static LookupHash hash(TokenId token) {
        return new LookupHash(
                token.uuid().getMostSignificantBits(),
                token.uuid().getLeastSignificantBits(),
                0,
                0);
    }

    public static TokenCreated created(Restrictions restrictions) {
        return created(restrictions, HASH);
    }

    public static TokenCreated created(Restrictions restrictions, LookupHash hash) {
        return new TokenCreated(ACCOUNT, "ci", "default", restrictions, hash, MASK);
    }

    /** One of each type. */
    public static List<TokenEvent> tokenEvents() {
        return List.of(
                created(limit(100L)),
                new TokenEvent.TokenRenamed("other"),
                new TokenEvent.TokenGroupChanged("vip"),
                new TokenEvent.QuotaLimitChanged(200L),
                new TokenEvent.ModelAccessChanged(List.of("gpt-4o")),
                new TokenEvent.IpAllowlistChanged(List.of(IpRange.parse("10.0.0.0/8"))),
                new TokenEvent.ExpirationChanged(NOW.plusSeconds(60)),
                new TokenEvent.TokenEnabled(),
                new TokenEvent.TokenDisabled("leaked"),
                new TokenEvent.TokenExpired(NOW),
                new TokenEvent.TokenDeleted(),
                new TokenEvent.SecretRevealed(RevealedAs.SECRET),
                new TokenEvent.SecretRotated(NEXT_HASH, MASK, null),
                new TokenEvent.QuotaConsumed("u1", 30, "gpt-4o", 90, false),
                new TokenEvent.QuotaExhausted(100, 100),
                new TokenEvent.QuotaRefunded("u1", 10, "gpt-4o", "mistake", true, 50),
                new TokenEvent.QuotaPeriodChanged(new QuotaPeriod(QuotaPeriod.Every.DAY, "UTC")),
                new TokenEvent.QuotaPeriodStarted(NOW, NOW.plusSeconds(86_400), 50),
                new TokenEvent.ModelQuotasChanged(List.of(new ModelQuota("gpt-4o", 40))),
                new TokenEvent.ModelQuotaExhausted("gpt-4o", 40, 40),
                new TokenEvent.TokenImported("new-api", "7", 1_000),
                new TokenEvent.RateLimitsChanged(new RateLimits(60L, null)));
    }

    /** One of each type. */
    public static List<AccountEvent> accountEvents() {
        return List.of(
                new AccountEvent.AccountOpened("Acme"),
                new AccountEvent.BalanceCredited(500, "inv-1"),
                new AccountEvent.BalanceAdjusted(-5, "rounding"),
                new AccountEvent.AccountSuspended("unpaid"),
                new AccountEvent.AccountResumed());
    }

    /** One of each type. */
    public static List<CatalogEvent> catalogEvents() {
        return List.of(
                new CatalogEvent.GroupDefined("vip", "Very important"),
                new CatalogEvent.GroupRetired("default"),
                new CatalogEvent.ModelListed("gpt-4o"),
                new CatalogEvent.ModelRetired("gpt-4o"),
                new CatalogEvent.CatalogClosed(),
                new CatalogEvent.CatalogOpened());
    }
}
