package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.RecallingCommand;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.LookupHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be asked of a token. */
public sealed interface TokenCommand<A> extends LedgerCommand<A>
        permits TokenCommand.CreateToken,
                TokenCommand.EnableToken,
                TokenCommand.DisableToken,
                TokenCommand.ConsumeQuota,
                SecretCommand {
    TokenId tokenId();

    @Override
    default TokenId stream() {
        return tokenId();
    }

    /** Of a command that has nothing to tell but that it was accepted. */
    record Done(TokenId tokenId) {}

    record CreateToken(
            TokenId tokenId,
            AccountId accountId,
            String name,
            String group,
            Restrictions restrictions,
            LookupHash lookupHash,
            String mask,
            CommandContext context)
            implements TokenCommand<Done> {
        public CreateToken {
            FieldRules.name("name", name);
            FieldRules.group("group", group);
            if (restrictions.expiresAt() != null
                    && !restrictions.expiresAt().isAfter(context.at())) {
                throw new InvalidField("expiresAt", "must be in the future");
            }
        }
    }

    record EnableToken(TokenId tokenId, CommandContext context) implements TokenCommand<Done> {}

    record DisableToken(TokenId tokenId, @Nullable String reason, CommandContext context)
            implements TokenCommand<Done> {
        public DisableToken {
            FieldRules.optionalText("reason", reason, 200);
        }
    }

    /**
     * Books usage.
     *
     * @param booking what the caller wants when the token may not be used, or not that much
     * @param earlier the usage as it was booked before, set by the bus
     */
    record ConsumeQuota(
            TokenId tokenId,
            String usageId,
            long amount,
            @Nullable String model,
            Booking booking,
            Optional<QuotaConsumed> earlier,
            CommandContext context)
            implements TokenCommand<Consumption>, RecallingCommand<Consumption> {
        public ConsumeQuota {
            FieldRules.usageId("usageId", usageId);
            FieldRules.amount("amount", amount);
            FieldRules.optionalModel("model", model);
        }

        public ConsumeQuota(
                TokenId tokenId,
                String usageId,
                long amount,
                @Nullable String model,
                Booking booking,
                CommandContext context) {
            this(tokenId, usageId, amount, model, booking, Optional.empty(), context);
        }

        @Override
        public List<OnceKey> recalls() {
            return List.of(OnceKey.ofUsage(tokenId, usageId));
        }

        @Override
        public ConsumeQuota knowing(Map<OnceKey, RecordedFact> facts) {
            QuotaConsumed booked = (QuotaConsumed) facts.values().iterator().next().event();
            return new ConsumeQuota(
                    tokenId, usageId, amount, model, booking, Optional.of(booked), context);
        }
    }

    /** Whether usage may still be refused. */
    enum Booking {
        /**
         * The call has not been made: refused where the token may not be used, or not that much.
         */
        STRICT,
        /** The call has been made: always booked, also above the limit. */
        HAPPENED
    }

    /**
     * Usage as it stands in the ledger.
     *
     * @param total units consumed once this usage was booked
     * @param remaining units left under the limit of today, never negative; null is unlimited
     */
    record Consumption(
            TokenId tokenId, String usageId, long amount, long total, @Nullable Long remaining) {}
}
