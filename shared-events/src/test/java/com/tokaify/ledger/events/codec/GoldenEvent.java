package com.tokaify.ledger.events.codec;

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
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.QuotaPeriod.Every;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.RevealedAs;
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
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The examples whose bytes golden files fix: at least one per type of event, one more wherever a
 * field may be null or a value sits at an edge.
 *
 * @param variant tells examples of one type apart; empty for the plain one
 */
public record GoldenEvent(String variant, LedgerEvent event) {
    private static final AccountId ACCOUNT = AccountId.parse("acc_01karc8qkfe008000000000001");
    private static final LookupHash HASH =
            LookupHash.parse("MRAtFtu-WDZhmvuF3iTKrSB_odb2FmdTpaSdnfgBuwQ");
    private static final LookupHash NEXT_HASH =
            LookupHash.parse("__________________________________________8");
    private static final String MASK = "sk-tkf0**********Fe8s";
    private static final Instant EXPIRY = Instant.parse("2027-01-01T00:00:00Z");

    public static List<GoldenEvent> all() {
        return Stream.concat(tokens(), Stream.concat(accounts(), catalog())).toList();
    }

    public EventType type() {
        return EventType.of(event);
    }

    public GoldenFile file() {
        return GoldenFile.named(
                type().ceType() + (variant.isEmpty() ? "" : "." + variant) + ".json");
    }

    @Override
    public String toString() {
        return file().name();
    }

    private static Stream<GoldenEvent> tokens() {
        Restrictions restrictions =
                new Restrictions(
                        5_000_000L,
                        List.of("gpt-4o", "claude-sonnet-4"),
                        List.of(
                                IpRange.parse("203.0.113.7"),
                                IpRange.parse("10.0.0.0/8"),
                                IpRange.parse("2001:db8::/32")),
                        EXPIRY);
        return Stream.of(
                plain(new TokenCreated(ACCOUNT, "Büro 東京", "default", restrictions, HASH, MASK)),
                variant(
                        "unrestricted",
                        new TokenCreated(ACCOUNT, "ci", "default", Restrictions.NONE, HASH, MASK)),
                plain(new TokenRenamed("Say \"hi\" \\ to </script> 🙂")),
                plain(new TokenGroupChanged("vip-2")),
                plain(new QuotaLimitChanged(FieldRules.MAX_AMOUNT)),
                variant("zero", new QuotaLimitChanged(0L)),
                variant("unlimited", new QuotaLimitChanged(null)),
                plain(new ModelAccessChanged(List.of("deepseek-ai/DeepSeek-V3.1", "gpt-4o"))),
                variant("any", new ModelAccessChanged(null)),
                plain(new IpAllowlistChanged(restrictions.ipAllowlist())),
                variant("any", new IpAllowlistChanged(null)),
                plain(new ExpirationChanged(Instant.parse("2026-12-24T18:30:00.123456Z"))),
                variant("never", new ExpirationChanged(null)),
                plain(new TokenEnabled()),
                plain(new TokenDisabled("leaked on a public page")),
                variant("no-reason", new TokenDisabled(null)),
                plain(new TokenExpired(EXPIRY)),
                plain(new TokenDeleted()),
                plain(new SecretRevealed(RevealedAs.SECRET)),
                variant("copy-token", new SecretRevealed(RevealedAs.COPY_TOKEN)),
                variant("connection-string", new SecretRevealed(RevealedAs.CONNECTION_STRING)),
                variant("curl", new SecretRevealed(RevealedAs.CURL)),
                plain(new SecretRotated(NEXT_HASH, MASK, EXPIRY)),
                variant("no-grace", new SecretRotated(NEXT_HASH, MASK, null)),
                plain(new QuotaConsumed("req-7f3a", 1_250, "gpt-4o", 501_250, false)),
                variant(
                        "overrun",
                        new QuotaConsumed(
                                "chatcmpl-9:1",
                                FieldRules.MAX_AMOUNT,
                                null,
                                FieldRules.MAX_TOTAL,
                                true)),
                plain(new QuotaExhausted(5_000_000, 5_000_000)),
                plain(
                        new QuotaRefunded(
                                "req-7f3a", 250, "gpt-4o", "upstream failed", true, 501_000)),
                variant(
                        "earlier-period",
                        new QuotaRefunded("req-7f3b", 1, null, "double", false, 500_999)),
                plain(new QuotaPeriodChanged(new QuotaPeriod(Every.DAY, "Asia/Shanghai"))),
                variant("none", new QuotaPeriodChanged(null)),
                plain(
                        new QuotaPeriodStarted(
                                Instant.parse("2026-11-22T16:00:00Z"),
                                Instant.parse("2026-11-23T16:00:00Z"),
                                500_999)),
                plain(
                        new ModelQuotasChanged(
                                List.of(
                                        new ModelQuota("gpt-4o", 1_000_000),
                                        new ModelQuota("deepseek-ai/DeepSeek-V3.1", 0)))),
                variant("none", new ModelQuotasChanged(null)),
                plain(new ModelQuotaExhausted("gpt-4o", 1_000_000, 1_000_000)),
                plain(new TokenImported("new-api", "42", 1_234_567)),
                variant("unnamed", new TokenImported("one-api", null, 0)),
                plain(new RateLimitsChanged(new RateLimits(600L, 2_000_000L))),
                variant("requests", new RateLimitsChanged(new RateLimits(1L, null))),
                variant(
                        "units",
                        new RateLimitsChanged(
                                new RateLimits(null, RateLimits.MAX_UNITS_PER_MINUTE))),
                variant("none", new RateLimitsChanged(null)));
    }

    private static Stream<GoldenEvent> accounts() {
        return Stream.of(
                plain(new AccountOpened("Acme & Söhne")),
                plain(new BalanceCredited(50_000_000, "invoice 2026-0042")),
                plain(new BalanceAdjusted(-500_000, "credited twice")),
                variant("up", new BalanceAdjusted(FieldRules.MAX_AMOUNT, "goodwill")),
                plain(new AccountSuspended("payment overdue")),
                variant("no-reason", new AccountSuspended(null)),
                plain(new AccountResumed()));
    }

    private static Stream<GoldenEvent> catalog() {
        return Stream.of(
                plain(new GroupDefined("default", "Default group")),
                plain(new GroupRetired("vip-2")),
                plain(new ModelListed("gpt-4o")),
                plain(new ModelRetired("gpt-3.5-turbo")),
                plain(new CatalogClosed()),
                plain(new CatalogOpened()));
    }

    private static GoldenEvent plain(LedgerEvent event) {
        return variant("", event);
    }

    private static GoldenEvent variant(String variant, LedgerEvent event) {
        return new GoldenEvent(variant, event);
    }
}
