package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.RecallingCommand;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
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
public sealed interface SecretCommand extends TokenCommand<SecretCommand.SecretVersion> {

    /**
     * Which secret it is about.
     *
     * @param version counts the token's secrets, from 1
     */
    record SecretVersion(TokenId tokenId, AccountId accountId, int version) {}

    /** Records that the secret is about to be shown. */
    record RevealSecret(TokenId tokenId, RevealedAs how, CommandContext context)
            implements SecretCommand {}

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
            implements SecretCommand, RecallingCommand<SecretVersion> {
        public RotateSecret {
            FieldRules.mask("mask", newMask);
            if (previousValidUntil != null && !previousValidUntil.isAfter(context.at())) {
                throw new InvalidField("previousValidUntil", "must be in the future");
            }
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
