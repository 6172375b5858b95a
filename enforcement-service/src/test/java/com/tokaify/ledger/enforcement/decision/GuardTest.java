package com.tokaify.ledger.enforcement.decision;

import static com.tokaify.ledger.enforcement.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.TokenEntry;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private static final int PARTITIONS = 4;
    private static final Check PLAIN = new Check(null, null, null);
    private static final TokenId TOKEN = TestLedger.token(1);
    private static final AccountId ACCOUNT = TestLedger.account(1);

    private final TestLedger ledger = new TestLedger(PARTITIONS);
    private final LocalView view = new LocalView(PARTITIONS);
    private final TokenSecret secret = TestLedger.newSecret();
    private Instant now = NOW;
    private Pepper pepper;
    private Guard guard;

    @BeforeEach
    void aLedgerWithOneToken(@TempDir Path folder) {
        pepper = TestLedger.pepper(folder);
        guard = new Guard(view, pepper, () -> now);
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
                                Code.OK,
                                TOKEN,
                                ACCOUNT,
                                "default",
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
        assertThat(((Decision.Identified) decide(secret.reveal())).remaining()).isZero();
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
    }

    /** The clock alone ends a token, at the very instant, without any event. */
    @Test
    void aTokenExpiresByTheClock() {
        now = NOW.plusSeconds(10).minusNanos(1);
        assertThat(decide(secret.reveal()).code()).isEqualTo(Code.OK);
        now = NOW.plusSeconds(10);
        assertThat(decide(secret.reveal()).code()).isEqualTo(Code.TOKEN_EXPIRED);
    }

    /** After a rotation both secrets work until the grace ends, then only the new one. */
    @Test
    void aRotatedSecretWorksUntilItsGraceEnds() {
        TokenSecret next = TestLedger.newSecret();
        view.apply(
                ledger.record(
                        TOKEN,
                        new TokenEvent.SecretRotated(
                                pepper.hash(next), next.mask(), NOW.plusSeconds(5))));
        assertThat(decide(next.reveal()).code()).isEqualTo(Code.OK);
        assertThat(decide(secret.reveal()).code()).isEqualTo(Code.OK);

        now = NOW.plusSeconds(5);
        assertThat(decide(next.reveal()).code()).isEqualTo(Code.OK);
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
                    new ViewStatus.Stopped("a gap")
                }) {
            view.become(status);
            assertThat(decide(secret.reveal()))
                    .isEqualTo(new Decision.Unidentified(Code.VIEW_NOT_READY));
            assertThat(decide(null)).isEqualTo(new Decision.Unidentified(Code.VIEW_NOT_READY));
        }
    }

    /** A secret that is logged by mistake is not there to be read. */
    @Test
    void aGivenSecretHidesItsText() {
        assertThat(new GivenSecret(secret.reveal()).toString()).isEqualTo("[hidden]");
    }

    private Decision decide(@Nullable String text) {
        return guard.decide(text == null ? null : new GivenSecret(text), PLAIN);
    }
}
