package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.HASH;
import static com.tokaify.ledger.command.Samples.MASK;
import static com.tokaify.ledger.command.Samples.NEXT_HASH;
import static com.tokaify.ledger.command.Samples.NOW;
import static com.tokaify.ledger.command.Samples.TOKEN;
import static com.tokaify.ledger.command.Samples.created;
import static com.tokaify.ledger.command.Samples.tokenId;
import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.token.SecretCommand.RevealSecret;
import com.tokaify.ledger.command.token.SecretCommand.Revealed;
import com.tokaify.ledger.command.token.SecretCommand.RotateSecret;
import com.tokaify.ledger.command.token.SecretCommand.Rotated;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.RevealedAs;
import com.tokaify.ledger.events.TokenEvent.SecretRevealed;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One table for each command: what it comes to in every situation a token can be in. */
class SecretDeciderTest {
    private static final String NEW_MASK = "sk-tkfB**********wxyz";

    enum Situation {
        UNBORN(new TokenState.Unborn()),
        NEW(Histories.after(created(Restrictions.NONE))),
        ROTATED(
                Histories.after(
                        created(Restrictions.NONE),
                        new SecretRotated(HASH, MASK, null),
                        new SecretRevealed(RevealedAs.SECRET),
                        new SecretRotated(HASH, MASK, null))),
        DISABLED(Histories.after(created(Restrictions.NONE), new TokenDisabled(null))),
        EXPIRED(Histories.after(created(Restrictions.NONE), new TokenExpired(NOW))),
        DELETED(Histories.after(created(Restrictions.NONE), new TokenDeleted()));

        @SuppressWarnings("ImmutableEnumChecker") // an immutable record, which the check cannot see
        private final TokenState state;

        Situation(TokenState state) {
            this.state = state;
        }
    }

    /** Every reveal is an event, and tells which secret it is about. */
    @ParameterizedTest
    @EnumSource
    void everyRevealIsRecorded(Situation situation) {
        Decision<Revealed> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case NEW, DISABLED, EXPIRED -> accept(revealed(1), theReveal());
                    case ROTATED -> accept(revealed(3), theReveal());
                    case DELETED -> deleted();
                };
        assertThat(SecretDecider.decide(situation.state, reveal(true))).isEqualTo(expected);
    }

    /** What cannot be shown is not recorded as shown. */
    @ParameterizedTest
    @EnumSource
    void aSecretNobodyKnowsIsNotRevealed(Situation situation) {
        Decision<Revealed> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case NEW, ROTATED, DISABLED, EXPIRED ->
                            refuse(
                                    Refusal.SECRET_NOT_RECOVERABLE,
                                    "Only the hash of this token's secret is known; rotate it to"
                                            + " get one that can be shown.");
                    case DELETED -> deleted();
                };
        assertThat(SecretDecider.decide(situation.state, reveal(false))).isEqualTo(expected);
    }

    /** Whoever is shown how to use a token is shown a model it may use. */
    @Test
    void aRestrictedTokenTellsAModelItMayUse() {
        TokenState restricted =
                Histories.after(
                        created(new Restrictions(null, List.of("gpt-4o", "o3"), null, null)));
        assertThat(SecretDecider.decide(restricted, reveal(true)))
                .isEqualTo(accept(new Revealed(TOKEN, 1, "gpt-4o"), theReveal()));
    }

    private static RevealSecret reveal(boolean recoverable) {
        return new RevealSecret(TOKEN, RevealedAs.COPY_TOKEN, recoverable, CONTEXT);
    }

    /** Each secret has a number of its own. */
    @ParameterizedTest
    @EnumSource
    void rotationCountsTheSecrets(Situation situation) {
        Decision<Rotated> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case NEW, DISABLED, EXPIRED -> accept(rotated(2), theRotation());
                    case ROTATED -> accept(rotated(4), theRotation());
                    case DELETED -> deleted();
                };
        assertThat(SecretDecider.decide(situation.state, rotate())).isEqualTo(expected);
    }

    /** A secret that was ever anybody's is refused, and the refusal names whose. */
    @ParameterizedTest
    @EnumSource
    void aSecretIsNeverUsedTwice(Situation situation) {
        RotateSecret rotate = rotate();
        RotateSecret told =
                rotate.knowing(
                        Map.of(
                                OnceKey.ofSecret(NEXT_HASH),
                                new RecordedFact(tokenId(2), 0, created(Restrictions.NONE))));
        Decision<Rotated> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case NEW, ROTATED, DISABLED, EXPIRED ->
                            refuse(
                                    Refusal.SECRET_IN_USE,
                                    "The token " + tokenId(2) + " has or had this secret.");
                    case DELETED -> deleted();
                };
        assertThat(rotate.recalls()).containsExactly(OnceKey.ofSecret(NEXT_HASH));
        assertThat(SecretDecider.decide(situation.state, told)).isEqualTo(expected);
    }

    /** A grace period that is over before it begins is a mistake of the caller's. */
    @Test
    void theOldSecretIsValidForSomeTimeOrNotAtAll() {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new RotateSecret(TOKEN, NEXT_HASH, NEW_MASK, NOW, CONTEXT))
                .withMessage("previousValidUntil must be in the future");
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() ->
                        new RotateSecret(TOKEN, NEXT_HASH, "sk-" + "a".repeat(48), null, CONTEXT))
                .withMessageStartingWith("mask must ");
    }

    private static RotateSecret rotate() {
        return new RotateSecret(TOKEN, NEXT_HASH, NEW_MASK, NOW.plusSeconds(60), CONTEXT);
    }

    private static Revealed revealed(int version) {
        return new Revealed(TOKEN, version, null);
    }

    private static Rotated rotated(int version) {
        return new Rotated(TOKEN, ACCOUNT, version, NOW.plusSeconds(60));
    }

    private static SecretRevealed theReveal() {
        return new SecretRevealed(RevealedAs.COPY_TOKEN);
    }

    private static SecretRotated theRotation() {
        return new SecretRotated(NEXT_HASH, NEW_MASK, NOW.plusSeconds(60));
    }

    private static <A> Decision<A> unknown() {
        return refuse(Refusal.TOKEN_NOT_FOUND, "There is no token " + TOKEN + ".");
    }

    private static <A> Decision<A> deleted() {
        return refuse(Refusal.TOKEN_DELETED, "The token " + TOKEN + " was deleted.");
    }
}
