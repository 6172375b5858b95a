package com.tokaify.ledger.query.decision;

import static com.tokaify.ledger.query.ScriptedLedger.tokenCreated;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent.ExpirationChanged;
import com.tokaify.ledger.events.TokenEvent.IpAllowlistChanged;
import com.tokaify.ledger.events.TokenEvent.ModelQuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.query.history.HistorySettings;
import com.tokaify.ledger.query.past.AsOf;
import com.tokaify.ledger.query.projection.ViewDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * "Why was this refused then?", on one story in which a token is refused for every reason there is.
 * Each answer is asked for at the instant of an event and a microsecond before it, so that a cause
 * that is off by one is seen.
 */
class DecisionsIT {
    private static final String MODEL = "gpt-a";
    private static final String INSIDE = "10.1.2.3";
    private static final String OUTSIDE = "203.0.113.7";

    private static final ScriptedLedger LEDGER = new ScriptedLedger(4);
    private static final AccountId ACCOUNT = LEDGER.newAccountId();
    private static final TokenId TOKEN = LEDGER.newTokenId();
    private static final TokenId OTHER = LEDGER.newTokenId();
    private static final List<RecordedEvent> STORY = new ArrayList<>();

    private static final RecordedEvent OPENED = happens(ACCOUNT, new AccountOpened("Tenant"));
    private static final RecordedEvent CREDITED =
            happens(ACCOUNT, new BalanceCredited(100, "payment"));
    private static final RecordedEvent CREATED =
            happens(
                    TOKEN,
                    tokenCreated(
                            ACCOUNT,
                            "story",
                            "default",
                            new Restrictions(50L, List.of(MODEL, "gpt-b"), null, null)));
    private static final RecordedEvent NARROWED =
            happens(TOKEN, new IpAllowlistChanged(List.of(IpRange.parse("10.0.0.0/8"))));
    private static final RecordedEvent DISABLED = happens(TOKEN, new TokenDisabled("leaked?"));
    private static final RecordedEvent ENABLED = happens(TOKEN, new TokenEnabled());
    private static final RecordedEvent SUSPENDED = happens(ACCOUNT, new AccountSuspended("debt"));
    private static final RecordedEvent RESUMED = happens(ACCOUNT, new AccountResumed());
    private static final RecordedEvent MODEL_LIMITED =
            happens(TOKEN, new ModelQuotasChanged(List.of(new ModelQuota(MODEL, 20))));
    private static final RecordedEvent USED =
            happens(TOKEN, new QuotaConsumed("u1", 20, MODEL, 20, false));
    private static final RecordedEvent MODEL_EXHAUSTED =
            happens(TOKEN, new ModelQuotaExhausted(MODEL, 20, 20));
    private static final RecordedEvent MODEL_UNLIMITED =
            happens(TOKEN, new ModelQuotasChanged(null));
    private static final RecordedEvent USED_UP =
            happens(TOKEN, new QuotaConsumed("u2", 30, "gpt-b", 50, false));
    private static final RecordedEvent EXHAUSTED = happens(TOKEN, new QuotaExhausted(50, 50L));
    private static final RecordedEvent OVERRUN =
            happens(TOKEN, new QuotaConsumed("u3", 1, "gpt-b", 51, true));
    private static final RecordedEvent RAISED = happens(TOKEN, new QuotaLimitChanged(1000L));
    private static final RecordedEvent OTHER_CREATED =
            happens(OTHER, tokenCreated(ACCOUNT, "other"));
    private static final RecordedEvent OTHER_USED =
            happens(OTHER, new QuotaConsumed("u4", 49, MODEL, 49, false));
    private static final RecordedEvent PAID = happens(ACCOUNT, new BalanceCredited(900, "again"));
    private static final Instant EXPIRY = LEDGER.now().plusSeconds(2);
    private static final RecordedEvent EXPIRES = happens(TOKEN, new ExpirationChanged(EXPIRY));
    private static final RecordedEvent RATED =
            happens(TOKEN, new RateLimitsChanged(new RateLimits(60L, null)));
    private static final RecordedEvent EXPIRED = happens(TOKEN, new TokenExpired(EXPIRY));
    private static final RecordedEvent PROLONGED = happens(TOKEN, new ExpirationChanged(null));
    private static final RecordedEvent DELETED = happens(TOKEN, new TokenDeleted());

    private static ViewDatabase database;
    private static Decisions decisions;

    @BeforeAll
    static void readTheStory() {
        database = new ViewDatabase();
        database.apply(STORY, HistorySettings.FOR_EVER);
        decisions = new Decisions(database.past());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** Before it was created there was no such token, for whoever came. */
    @Test
    void beforeItsCreationNobodyKnowsAToken() {
        assertRefused(before(CREATED), MODEL, INSIDE, 1L, Code.TOKEN_NOT_FOUND, CREATED);
        assertAllowed(at(CREATED), MODEL, OUTSIDE, 1L);
        assertThat(OPENED.recordedAt()).isBefore(CREATED.recordedAt());
    }

    /** An allowlist refuses from its instant on, also a call whose source nobody knows. */
    @Test
    void theSourceIsRefusedByTheAllowlistOfThen() {
        assertAllowed(before(NARROWED), MODEL, OUTSIDE, 1L);
        assertRefused(at(NARROWED), MODEL, OUTSIDE, 1L, Code.IP_NOT_ALLOWED, NARROWED);
        assertRefused(at(NARROWED), MODEL, null, 1L, Code.IP_NOT_ALLOWED, NARROWED);
        assertAllowed(at(NARROWED), MODEL, INSIDE, 1L);
    }

    /** A restriction that came with the creation has the creation for its cause. */
    @Test
    void theModelIsRefusedByTheListOfThen() {
        assertRefused(at(CREATED), "gpt-c", INSIDE, 1L, Code.MODEL_NOT_ALLOWED, CREATED);
        assertRefused(at(CREATED), null, INSIDE, 1L, Code.MODEL_MISSING, CREATED);
    }

    /** From being disabled until being enabled. */
    @Test
    void aDisabledTokenIsRefusedUntilItIsEnabled() {
        assertAllowed(before(DISABLED), MODEL, INSIDE, 1L);
        assertRefused(at(DISABLED), MODEL, INSIDE, 1L, Code.TOKEN_DISABLED, DISABLED);
        assertRefused(before(ENABLED), MODEL, OUTSIDE, 1L, Code.TOKEN_DISABLED, DISABLED);
        assertAllowed(at(ENABLED), MODEL, INSIDE, 1L);
    }

    /** What happens to the account lies in another stream and another partition. */
    @Test
    void theTokensOfASuspendedAccountAreRefused() {
        assertAllowed(before(SUSPENDED), MODEL, INSIDE, 1L);
        assertRefused(at(SUSPENDED), MODEL, INSIDE, 1L, Code.ACCOUNT_SUSPENDED, SUSPENDED);
        assertAllowed(at(RESUMED), MODEL, INSIDE, 1L);
    }

    /** The limit, the usage that reached it, and the event that says so. */
    @Test
    void aModelThatHasUsedUpItsLimitIsRefused() {
        assertAllowed(at(MODEL_LIMITED), MODEL, INSIDE, 20L);
        assertRefused(at(MODEL_LIMITED), MODEL, INSIDE, 21L, Code.QUOTA_EXHAUSTED, MODEL_LIMITED);
        assertRefused(
                at(MODEL_EXHAUSTED),
                MODEL,
                INSIDE,
                null,
                Code.QUOTA_EXHAUSTED,
                MODEL_LIMITED,
                USED,
                MODEL_EXHAUSTED);
        assertAllowed(at(MODEL_EXHAUSTED), "gpt-b", INSIDE, 1L);
        assertAllowed(at(MODEL_UNLIMITED), MODEL, INSIDE, 1L);
    }

    /** It is the usage that reached the limit that is named, not one that came after it. */
    @Test
    void aTokenThatHasUsedUpItsLimitIsRefused() {
        assertAllowed(before(USED_UP), MODEL, INSIDE, 30L);
        assertRefused(before(USED_UP), MODEL, INSIDE, 31L, Code.QUOTA_EXHAUSTED, CREATED, USED);
        assertRefused(
                at(OVERRUN), MODEL, INSIDE, 1L, Code.QUOTA_EXHAUSTED, CREATED, USED_UP, EXHAUSTED);
        assertAllowed(at(RAISED), MODEL, INSIDE, 1L);
        assertRefused(
                before(OTHER_CREATED),
                "gpt-b",
                INSIDE,
                50L,
                Code.BALANCE_INSUFFICIENT,
                CREDITED,
                OVERRUN);
    }

    /** The balance is what all tokens of the account have left, and any of them may use it up. */
    @Test
    void aTokenWhoseAccountHasNoBalanceIsRefused() {
        assertAllowed(before(OTHER_USED), MODEL, INSIDE, 49L);
        assertRefused(
                at(OTHER_USED), MODEL, INSIDE, 1L, Code.BALANCE_INSUFFICIENT, CREDITED, OTHER_USED);
        assertAllowed(at(PAID), MODEL, INSIDE, 1L);
    }

    /** The clock refuses at the very instant, before the ledger has said so, and after. */
    @Test
    void anExpiredTokenIsRefusedFromTheInstantOn() {
        assertAllowed(EXPIRY.minusNanos(1000), MODEL, INSIDE, 1L);
        assertThat(EXPIRY).isEqualTo(EXPIRED.recordedAt());
        assertRefused(at(EXPIRED), MODEL, INSIDE, 1L, Code.TOKEN_EXPIRED, EXPIRES, EXPIRED);
        assertAllowed(at(PROLONGED), MODEL, INSIDE, 1L);
        assertThat(at(RATED)).isBefore(EXPIRY);
    }

    /** Deletion comes before everything else that may be wrong. */
    @Test
    void aDeletedTokenIsRefused() {
        assertAllowed(before(DELETED), MODEL, INSIDE, 1L);
        assertRefused(at(DELETED), "gpt-c", OUTSIDE, 1L, Code.TOKEN_DELETED, DELETED);
    }

    /** Behind the first check that fails the others are still told, each by itself. */
    @Test
    void allChecksAreToldAlsoBehindOneThatFails() {
        DecisionThen then = decide(at(DISABLED), "gpt-c", OUTSIDE, 1L);

        assertThat(then.checks())
                .extracting(DecisionThen.CheckThen::check)
                .containsExactly(
                        "TOKEN_KNOWN",
                        "NOT_DELETED",
                        "ENABLED",
                        "NOT_EXPIRED",
                        "SOURCE_ALLOWED",
                        "MODEL_ALLOWED",
                        "ACCOUNT_ACTIVE",
                        "BALANCE_SUFFICIENT",
                        "QUOTA_SUFFICIENT",
                        "MODEL_QUOTA_SUFFICIENT");
        assertThat(then.checks())
                .filteredOn(check -> !check.passed())
                .extracting(DecisionThen.CheckThen::code)
                .containsExactly(Code.TOKEN_DISABLED, Code.IP_NOT_ALLOWED, Code.MODEL_NOT_ALLOWED);
    }

    /** What only the instance knew is said not to be known; rate limits where there were any. */
    @Test
    void whatNoEventTellsIsSaidNotToBeKnown() {
        assertThat(decide(at(EXPIRES), MODEL, INSIDE, 1L).notKnown())
                .extracting(NotKnown::code)
                .containsExactly(
                        NotKnown.What.SECRET, NotKnown.What.LAG, NotKnown.What.UNITS_IN_FLIGHT);
        assertThat(decide(at(RATED), MODEL, INSIDE, 1L).notKnown())
                .contains(NotKnown.of(NotKnown.What.RATE));
    }

    private static void assertAllowed(
            Instant at, @Nullable String model, @Nullable String ip, @Nullable Long amount) {
        DecisionThen then = decide(at, model, ip, amount);
        assertThat(then.code()).as(then.message()).isEqualTo(Code.OK);
        assertThat(then.valid()).isTrue();
    }

    private static void assertRefused(
            Instant at,
            @Nullable String model,
            @Nullable String ip,
            @Nullable Long amount,
            Code code,
            RecordedEvent... causes) {
        DecisionThen then = decide(at, model, ip, amount);
        assertThat(then.code()).as(then.message()).isEqualTo(code);
        assertThat(then.valid()).isFalse();
        assertThat(then.at()).isEqualTo(at);
        DecisionThen.CheckThen failed =
                then.checks().stream().filter(check -> !check.passed()).findFirst().orElseThrow();
        assertThat(failed.causes())
                .containsExactly(List.of(causes).stream().map(Cause::of).toArray(Cause[]::new));
    }

    private static DecisionThen decide(
            Instant at, @Nullable String model, @Nullable String ip, @Nullable Long amount) {
        return decisions.of(
                TOKEN,
                new AsOf.At(at),
                new Check(model, ip == null ? null : IpAddress.parse("ip", ip), amount));
    }

    private static Instant at(RecordedEvent event) {
        return event.recordedAt();
    }

    private static Instant before(RecordedEvent event) {
        return event.recordedAt().minusNanos(1000);
    }

    private static RecordedEvent happens(StreamId stream, LedgerEvent event) {
        RecordedEvent recorded = LEDGER.record(stream, event);
        STORY.add(recorded);
        return recorded;
    }
}
