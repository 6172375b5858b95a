package com.tokaify.ledger.enforcement.decision;

import static com.tokaify.ledger.enforcement.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.enforcement.rate.RateAnswer;
import com.tokaify.ledger.enforcement.rate.RateMeters;
import com.tokaify.ledger.enforcement.view.Freshness;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.TokenEntry;
import com.tokaify.ledger.enforcement.view.UsedSecret;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private static final int PARTITIONS = 4;
    private static final String FOREIGN = "Q7".repeat(24);
    private static final TokenId TOKEN = TestLedger.token(1);
    private static final AccountId ACCOUNT = TestLedger.account(1);

    private final TestLedger ledger = new TestLedger(PARTITIONS);
    private final LocalView view = new LocalView(PARTITIONS);
    private final TokenSecret secret = TestLedger.newSecret();
    private final AtomicLong nanos = new AtomicLong();
    private Instant now = NOW;
    private Pepper pepper;
    private Guard guard;

    @BeforeEach
    void aLedgerWithOneToken(@TempDir Path folder) {
        pepper = TestLedger.pepper(folder);
        guard = new Guard(view, pepper, InFlight.NONE, () -> now, new RateMeters(nanos::get));
        view.apply(ledger.record(ACCOUNT, new AccountEvent.BalanceCredited(100, "invoice")));
        view.apply(
                ledger.record(
                        TOKEN,
                        TestLedger.created(
                                ACCOUNT,
                                new Restrictions(50L, null, null, NOW.plusSeconds(10)),
                                pepper.hash(secret))));
        view.become(new ViewStatus.Ready());
    }

    /** The holder of a secret is told all about its token, whether it is allowed or refused. */
    @Test
    void aMatchingSecretLearnsThePreciseReason() {
        Decision.Identified allowed = (Decision.Identified) decide(secret.reveal());
        assertThat(allowed)
                .isEqualTo(
                        new Decision.Identified(
                                new Verdict(Code.OK, Code.OK.message()),
                                TOKEN,
                                ACCOUNT,
                                "default",
                                UsedSecret.CURRENT,
                                50L,
                                NOW.plusSeconds(10),
                                view.position(
                                        view.find(TOKEN)
                                                .map(TokenEntry::partition)
                                                .orElseThrow())));

        view.apply(ledger.record(TOKEN, new TokenEvent.TokenDisabled("leaked")));
        Decision.Identified refused = (Decision.Identified) decide(secret.reveal());
        assertThat(refused.code()).isEqualTo(Code.TOKEN_DISABLED);
        assertThat(refused.tokenId()).isEqualTo(TOKEN);
        assertThat(refused.position().pseq()).isEqualTo(allowed.position().pseq() + 1);
    }

    /** An overrun is nobody's credit: nothing is left, never less than nothing. */
    @Test
    void remainingIsNeverNegative() {
        view.apply(ledger.record(TOKEN, new TokenEvent.QuotaConsumed("u", 60, null, 60, true)));
        assertThat(identified(secret).remaining()).isZero();
    }

    /** Left for a call is what the tighter of the two limits leaves. */
    @Test
    void remainingIsTheSmallerOfTheTokensAndTheModels() {
        view.apply(
                ledger.record(
                        TOKEN,
                        new TokenEvent.ModelQuotasChanged(
                                List.of(new ModelQuota("gpt-5", 20), new ModelQuota("o1", 60)))));

        assertThat(remaining("gpt-5")).isEqualTo(20);
        assertThat(remaining("o1")).as("the token's own limit is tighter").isEqualTo(50);
        assertThat(remaining("claude-4")).as("has no limit of its own").isEqualTo(50);
        assertThat(remaining(null)).isEqualTo(50);

        view.apply(ledger.record(TOKEN, new TokenEvent.QuotaLimitChanged(null)));
        assertThat(remaining("gpt-5")).isEqualTo(20);
        assertThat(remaining("claude-4")).as("unlimited").isNull();
    }

    /** Who has used up one model is told which, and may use the others. */
    @Test
    void anExhaustedModelIsRefusedByNameAndNoOther() {
        view.apply(
                ledger.record(
                        TOKEN,
                        new TokenEvent.ModelQuotasChanged(List.of(new ModelQuota("gpt-5", 20)))));
        view.apply(ledger.record(TOKEN, new TokenEvent.QuotaConsumed("u", 20, "gpt-5", 20, false)));
        view.apply(ledger.record(TOKEN, new TokenEvent.ModelQuotaExhausted("gpt-5", 20, 20)));

        Decision refused = decide(secret.reveal(), "gpt-5");
        assertThat(refused.code()).isEqualTo(Code.QUOTA_EXHAUSTED);
        assertThat(refused.message()).contains("model gpt-5 ");
        assertThat(((Decision.Identified) refused).remaining()).isZero();
        assertThat(decide(secret.reveal(), "o1").code()).isEqualTo(Code.OK);
    }

    /** The clock alone ends a period, at the very instant, before any event of the next. */
    @Test
    void aQuotaBeginsAnewByTheClock() {
        view.apply(
                ledger.record(
                        TOKEN,
                        new TokenEvent.QuotaPeriodChanged(
                                new QuotaPeriod(QuotaPeriod.Every.DAY, "UTC"))));
        view.apply(
                ledger.record(
                        TOKEN, new TokenEvent.QuotaPeriodStarted(NOW, NOW.plusSeconds(5), 0)));
        view.apply(ledger.record(TOKEN, new TokenEvent.QuotaConsumed("u", 50, null, 50, false)));

        now = NOW.plusSeconds(5).minusNanos(1);
        assertThat(decide(secret.reveal()).code()).isEqualTo(Code.QUOTA_EXHAUSTED);
        now = NOW.plusSeconds(5);
        assertThat(decide(secret.reveal()).code()).isEqualTo(Code.OK);
        assertThat(identified(secret).remaining()).isEqualTo(50);
    }

    /** Who calls too often is told when to come back, and gets through then. */
    @Test
    void aTokenIsLimitedByTheMinute() {
        limit(new RateLimits(2L, null));
        assertThat(decide(secret.reveal()).code()).isEqualTo(Code.OK);
        assertThat(decide(secret.reveal()).code()).isEqualTo(Code.OK);

        Decision refused = decide(secret.reveal());
        assertThat(refused.code()).isEqualTo(Code.RATE_LIMITED);
        assertThat(refused.retryAfterSeconds()).isEqualTo(30);
        assertThat(((Decision.Identified) refused).tokenId()).isEqualTo(TOKEN);

        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(decide(secret.reveal()).code()).isEqualTo(Code.OK);
    }

    /** A call that is refused for anything else uses nothing of the minute. */
    @Test
    void aCallThatIsRefusedAnywayUsesNothingUp() {
        limit(new RateLimits(1L, null));
        view.apply(ledger.record(TOKEN, new TokenEvent.ModelAccessChanged(List.of("gpt-5"))));
        for (int i = 0; i < 5; i++) {
            assertThat(decide(secret.reveal(), "o1").code()).isEqualTo(Code.MODEL_NOT_ALLOWED);
        }
        assertThat(decide(secret.reveal(), "gpt-5").code()).isEqualTo(Code.OK);
        assertThat(decide(secret.reveal(), "o1").code())
                .as("what speaks against the call itself comes first")
                .isEqualTo(Code.MODEL_NOT_ALLOWED);
        assertThat(decide(secret.reveal(), "gpt-5").code()).isEqualTo(Code.RATE_LIMITED);
    }

    /** Units are charged by the call's amount; a call that names none is one. */
    @Test
    void unitsAreChargedByTheAmount() {
        limit(new RateLimits(null, 10L));
        assertThat(decide(9L).code()).isEqualTo(Code.OK);
        assertThat(decide(2L).code()).isEqualTo(Code.RATE_LIMITED);
        assertThat(decide(secret.reveal()).code()).isEqualTo(Code.OK);
        assertThat(decide(secret.reveal()).code()).isEqualTo(Code.RATE_LIMITED);

        Decision never = decide(11L);
        assertThat(never.code()).isEqualTo(Code.RATE_LIMITED);
        assertThat(never.message()).contains("alone");
        assertThat(never.retryAfterSeconds()).as("waiting does not help").isZero();
    }

    /** To ask why is not to call. */
    @Test
    void lookingAtTheRateChargesNothing() {
        limit(new RateLimits(1L, null));
        Check check = new Check(null, null, null);
        Identity.Known known = (Identity.Known) guard.identify(TOKEN);
        for (int i = 0; i < 5; i++) {
            assertThat(guard.rateOf(known, check)).isEqualTo(new RateAnswer.Fits());
        }
        assertThat(decide(secret.reveal()).code()).isEqualTo(Code.OK);
        assertThat(guard.rateOf(known, check)).isEqualTo(new RateAnswer.Later(60));
    }

    /** Keys are accepted the way people paste them. */
    @Test
    void aSecretIsAcceptedWithOrWithoutItsPrefixes() {
        String bare = secret.reveal().substring("sk-".length());
        assertThat(decide(bare).code()).isEqualTo(Code.OK);
        assertThat(decide("Bearer " + secret.reveal()).code()).isEqualTo(Code.OK);
    }

    /** No secret is another thing than a wrong one. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void noSecretIsCalledMissing(@Nullable String text) {
        assertThat(decide(text)).isEqualTo(new Decision.Unidentified(Code.TOKEN_MISSING));
    }

    /** A guesser cannot tell a malformed key from one that does not exist. */
    @Test
    void malformedAndUnknownSecretsAreRefusedAlike() {
        Decision unknown = decide(TestLedger.newSecret().reveal());
        assertThat(unknown).isEqualTo(new Decision.Unidentified(Code.TOKEN_NOT_FOUND));
        assertThat(decide("sk-nonsense")).isEqualTo(unknown);
        String mistyped = secret.reveal().replaceFirst(".$", "_");
        assertThat(decide(mistyped)).isEqualTo(unknown);
        assertThat(decide("sk-" + FOREIGN)).isEqualTo(unknown);
    }

    /** A key that another system has made is accepted as it is, by the checks and for usage. */
    @Test
    void anImportedKeyIsAccepted() {
        TokenSecret foreign = TokenSecret.parseForeign(FOREIGN).orElseThrow();
        TokenId imported = TestLedger.token(2);
        view.apply(
                ledger.record(
                        imported,
                        TestLedger.created(ACCOUNT, Restrictions.NONE, pepper.hash(foreign))));
        view.apply(ledger.record(imported, new TokenEvent.TokenImported("new-api", "4711", 5)));

        for (String given : List.of(FOREIGN, "sk-" + FOREIGN, "Bearer sk-" + FOREIGN)) {
            assertThat(((Decision.Identified) decide(given)).tokenId()).isEqualTo(imported);
            assertThat(guard.owner(new GivenSecret(given)).map(TokenEntry::id)).contains(imported);
        }
        assertThat(decide(FOREIGN.toLowerCase(Locale.ROOT)).code()).isEqualTo(Code.TOKEN_NOT_FOUND);
    }

    /** The clock alone ends a token, at the very instant, without any event. */
    @Test
    void aTokenExpiresByTheClock() {
        now = NOW.plusSeconds(10).minusNanos(1);
        assertThat(decide(secret.reveal()).code()).isEqualTo(Code.OK);
        now = NOW.plusSeconds(10);
        assertThat(decide(secret.reveal()).code()).isEqualTo(Code.TOKEN_EXPIRED);
    }

    /**
     * After a rotation both secrets work until the very instant the grace ends, told apart; then
     * only the new one.
     */
    @Test
    void aRotatedSecretWorksUntilItsGraceEnds() {
        TokenSecret next = TestLedger.newSecret();
        view.apply(
                ledger.record(
                        TOKEN,
                        new TokenEvent.SecretRotated(
                                pepper.hash(next), next.mask(), NOW.plusSeconds(5))));
        now = NOW.plusSeconds(5).minusNanos(1);
        assertThat(identified(next).code()).isEqualTo(Code.OK);
        assertThat(identified(next).secret()).isEqualTo(UsedSecret.CURRENT);
        assertThat(identified(secret).code()).isEqualTo(Code.OK);
        assertThat(identified(secret).secret()).isEqualTo(UsedSecret.PREVIOUS);

        now = NOW.plusSeconds(5);
        assertThat(identified(next).secret()).isEqualTo(UsedSecret.CURRENT);
        assertThat(decide(secret.reveal()))
                .isEqualTo(new Decision.Unidentified(Code.TOKEN_NOT_FOUND));
        assertThat(guard.owner(new GivenSecret(secret.reveal())).map(TokenEntry::id))
                .as("usage of calls made within the grace is still booked")
                .contains(TOKEN);
    }

    /** An instance that does not know everything says nothing, not even to a wrong secret. */
    @Test
    void nothingIsDecidedWhileTheViewIsNotReady() {
        for (ViewStatus status :
                new ViewStatus[] {
                    new ViewStatus.WaitingForStream(),
                    new ViewStatus.CatchingUp(),
                    new ViewStatus.Rebuilding("a gap"),
                    new ViewStatus.Stopped("a gap")
                }) {
            view.become(status);
            assertThat(decide(secret.reveal()))
                    .isEqualTo(new Decision.Unidentified(Code.VIEW_NOT_READY));
            assertThat(decide(null)).isEqualTo(new Decision.Unidentified(Code.VIEW_NOT_READY));
        }
    }

    /**
     * What is known may have changed long ago, and the caller is told that this is why. Usage is
     * taken still: whose a secret is does not depend on how old the view is.
     */
    @Test
    void nothingIsDecidedOnAStaleView() {
        AtomicLong nanos = new AtomicLong();
        Freshness tenSeconds = new Freshness(Duration.ofSeconds(10), Freshness.WhenStale.CLOSED);
        LocalView aging = new LocalView(PARTITIONS, nanos::get, tenSeconds);
        TestLedger other = new TestLedger(PARTITIONS);
        aging.apply(
                other.record(
                        TOKEN,
                        TestLedger.created(ACCOUNT, Restrictions.NONE, pepper.hash(secret))));
        aging.become(new ViewStatus.Ready());
        Guard strict = new Guard(aging, pepper, () -> now);
        GivenSecret given = new GivenSecret(secret.reveal());
        Check check = new Check(null, null, null);

        nanos.set(Duration.ofSeconds(10).toNanos());
        assertThat(strict.decide(given, check).code()).isEqualTo(Code.BALANCE_INSUFFICIENT);
        nanos.incrementAndGet();
        Decision decision = strict.decide(given, check);
        assertThat(decision.code()).isEqualTo(Code.VIEW_NOT_READY);
        assertThat(decision.message()).contains("has not heard from the ledger for too long");
        assertThat(strict.owner(given).map(TokenEntry::id)).contains(TOKEN);

        aging.heard();
        assertThat(strict.decide(given, check).code()).isEqualTo(Code.BALANCE_INSUFFICIENT);
    }

    /** A view that is emptied while it is asked, to be read anew, calls nobody unknown. */
    @Test
    void aViewThatIsEmptiedMeanwhileSaysThatItIsNotReady() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        LongSupplier askedForTheTime =
                () -> {
                    meanwhile.get().run();
                    return 0;
                };
        LocalView emptied =
                new LocalView(
                        PARTITIONS,
                        askedForTheTime,
                        new Freshness(Duration.ofSeconds(10), Freshness.WhenStale.CLOSED));
        Guard guardOfIt = new Guard(emptied, pepper, () -> now);
        meanwhile.set(() -> {
            emptied.become(new ViewStatus.Rebuilding("a gap"));
            emptied.reset();
        });

        emptied.become(new ViewStatus.Ready());
        assertThat(guardOfIt.identify(new GivenSecret(secret.reveal())))
                .isInstanceOf(Identity.NotReady.class);
        emptied.become(new ViewStatus.Ready());
        assertThat(guardOfIt.identify(TOKEN)).isInstanceOf(Identity.NotReady.class);
    }

    /** A secret that is logged by mistake is not there to be read. */
    @Test
    void aGivenSecretHidesItsText() {
        assertThat(new GivenSecret(secret.reveal()).toString()).isEqualTo("[hidden]");
    }

    private void limit(RateLimits limits) {
        view.apply(ledger.record(TOKEN, new TokenEvent.RateLimitsChanged(limits)));
    }

    private Decision decide(long amount) {
        return guard.decide(new GivenSecret(secret.reveal()), new Check(null, null, amount));
    }

    private @Nullable Long remaining(@Nullable String model) {
        return ((Decision.Identified) decide(secret.reveal(), model)).remaining();
    }

    private Decision.Identified identified(TokenSecret given) {
        return (Decision.Identified) decide(given.reveal());
    }

    private Decision decide(@Nullable String text) {
        return decide(text, null);
    }

    private Decision decide(@Nullable String text, @Nullable String model) {
        return guard.decide(
                text == null ? null : new GivenSecret(text), new Check(model, null, null));
    }
}
