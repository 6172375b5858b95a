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
import com.tokaify.ledger.command.token.SecretCommand.RotateSecret;
import com.tokaify.ledger.command.token.SecretCommand.SecretVersion;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.RevealedAs;
import com.tokaify.ledger.events.TokenEvent.SecretRevealed;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
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
        Decision<SecretVersion> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case NEW, DISABLED, EXPIRED -> accept(version(1), revealed());
                    case ROTATED -> accept(version(3), revealed());
                    case DELETED -> deleted();
                };
        assertThat(
                        SecretDecider.decide(
                                situation.state,
                                new RevealSecret(TOKEN, RevealedAs.COPY_TOKEN, CONTEXT)))
                .isEqualTo(expected);
    }

    /** Each secret has a number of its own. */
    @ParameterizedTest
    @EnumSource
    void rotationCountsTheSecrets(Situation situation) {
        Decision<SecretVersion> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case NEW, DISABLED, EXPIRED -> accept(version(2), rotated());
                    case ROTATED -> accept(version(4), rotated());
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
        Decision<SecretVersion> expected =
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

    private static SecretVersion version(int version) {
        return new SecretVersion(TOKEN, ACCOUNT, version);
    }

    private static SecretRevealed revealed() {
        return new SecretRevealed(RevealedAs.COPY_TOKEN);
    }

    private static SecretRotated rotated() {
        return new SecretRotated(NEXT_HASH, NEW_MASK, NOW.plusSeconds(60));
    }

    private static Decision<SecretVersion> unknown() {
        return refuse(Refusal.TOKEN_NOT_FOUND, "There is no token " + TOKEN + ".");
    }

    private static Decision<SecretVersion> deleted() {
        return refuse(Refusal.TOKEN_DELETED, "The token " + TOKEN + " was deleted.");
    }
}
