package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.RecallingCommand;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.RevealedAs;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be asked about a token's secret. The secret itself is in no command. */
public sealed interface SecretCommand<A> extends TokenCommand<A> {

    /**
     * Which secret may be shown now.
     *
     * @param version counts the token's secrets, from 1
     * @param model one that the token may use; null where it may use any
     */
    record Revealed(TokenId tokenId, int version, @Nullable String model) {}

    /**
     * Records that the secret is about to be shown.
     *
     * @param recoverable whether anybody knows more of the secret than its hash
     */
    record RevealSecret(
            TokenId tokenId, RevealedAs how, boolean recoverable, CommandContext context)
            implements SecretCommand<Revealed> {}

    /**
     * Which secret the token has from now on.
     *
     * @param version counts the token's secrets, from 1
     * @param previousValidUntil until when the secret before is still accepted; null is not at all
     */
    record Rotated(
            TokenId tokenId,
            AccountId accountId,
            int version,
            @Nullable Instant previousValidUntil) {}

    /**
     * Gives the token another secret.
     *
     * @param previousValidUntil until when the secret before is still accepted; null is not at all
     * @param holder who has had the new secret already, set by the bus
     */
    record RotateSecret(
            TokenId tokenId,
            LookupHash newHash,
            String newMask,
            @Nullable Instant previousValidUntil,
            Optional<StreamId> holder,
            CommandContext context)
            implements SecretCommand<Rotated>, RecallingCommand<Rotated> {
        public RotateSecret {
            FieldRules.mask("mask", newMask);
            context.requireFuture("previousValidUntil", previousValidUntil);
        }

        public RotateSecret(
                TokenId tokenId,
                LookupHash newHash,
                String newMask,
                @Nullable Instant previousValidUntil,
                CommandContext context) {
            this(tokenId, newHash, newMask, previousValidUntil, Optional.empty(), context);
        }

        @Override
        public List<OnceKey> recalls() {
            return List.of(OnceKey.ofSecret(newHash));
        }

        @Override
        public RotateSecret knowing(Map<OnceKey, RecordedFact> facts) {
            return new RotateSecret(
                    tokenId,
                    newHash,
                    newMask,
                    previousValidUntil,
                    Optional.of(facts.values().iterator().next().stream()),
                    context);
        }
    }
}
