package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.RecallingCommand;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenImported;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.LookupHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be asked of a token: here its life and the booking of usage, elsewhere the rest. */
public sealed interface TokenCommand<A> extends LedgerCommand<A>
        permits TokenCommand.CreateToken,
                TokenCommand.EnableToken,
                TokenCommand.DisableToken,
                TokenCommand.DeleteToken,
                TokenCommand.ExpireToken,
                TokenCommand.ConsumeQuota,
                SettingsCommand,
                SecretCommand,
                UsageCommand {
    TokenId tokenId();

    @Override
    default TokenId stream() {
        return tokenId();
    }

    /** Of a command that has nothing to tell but that it was accepted. */
    record Done(TokenId tokenId) {}

    /**
     * Brings a token into being.
     *
     * @param provenance of a token that is taken over from another system
     * @param holder who has had the secret already, set by the bus
     */
    record CreateToken(
            TokenId tokenId,
            AccountId accountId,
            TokenSettings settings,
            LookupHash lookupHash,
            String mask,
            @Nullable Provenance provenance,
            Optional<StreamId> holder,
            CommandContext context)
            implements TokenCommand<Done>, RecallingCommand<Done> {
        public CreateToken {
            FieldRules.mask("mask", mask);
            SealableModels.check(settings.models());
            context.requireFuture("expiresAt", settings.expiresAt());
        }

        public CreateToken(
                TokenId tokenId,
                AccountId accountId,
                TokenSettings settings,
                LookupHash lookupHash,
                String mask,
                @Nullable Provenance provenance,
                CommandContext context) {
            this(
                    tokenId,
                    accountId,
                    settings,
                    lookupHash,
                    mask,
                    provenance,
                    Optional.empty(),
                    context);
        }

        /** Of a new token that has neither periods nor limits of single models. */
        public CreateToken(
                TokenId tokenId,
                AccountId accountId,
                String name,
                String group,
                Restrictions restrictions,
                LookupHash lookupHash,
                String mask,
                CommandContext context) {
            this(
                    tokenId,
                    accountId,
                    TokenSettings.of(name, group, restrictions),
                    lookupHash,
                    mask,
                    null,
                    context);
        }

        @Override
        public boolean beginsItsStream() {
            return true;
        }

        @Override
        public List<OnceKey> recalls() {
            return List.of(OnceKey.ofSecret(lookupHash));
        }

        @Override
        public CreateToken knowing(Map<OnceKey, RecordedFact> facts) {
            return new CreateToken(
                    tokenId,
                    accountId,
                    settings,
                    lookupHash,
                    mask,
                    provenance,
                    Optional.of(facts.values().iterator().next().stream()),
                    context);
        }
    }

    /**
     * Where a token comes from that is taken over.
     *
     * @param source the system, e.g. {@code new-api}
     * @param sourceId what it was called there
     * @param usedBefore units it had consumed there; they count under no limit here
     * @param disabled whether it was switched off there; then it never is on here, not for a moment
     */
    record Provenance(String source, @Nullable String sourceId, long usedBefore, boolean disabled) {
        public Provenance {
            FieldRules.group("source", source);
            FieldRules.optionalText("sourceId", sourceId, 100);
            FieldRules.total("usedBefore", usedBefore);
        }

        List<TokenEvent> events() {
            TokenImported imported = new TokenImported(source, sourceId, usedBefore);
            return disabled
                    ? List.of(imported, new TokenDisabled("disabled in " + source))
                    : List.of(imported);
        }
    }

    record EnableToken(TokenId tokenId, CommandContext context) implements TokenCommand<Enabled> {}

    /**
     * A token that is enabled.
     *
     * @param stillRefused why it may not be used all the same; null where it may
     */
    record Enabled(TokenId tokenId, boolean enabled, @Nullable Refusal stillRefused) {}

    record DisableToken(TokenId tokenId, @Nullable String reason, CommandContext context)
            implements TokenCommand<Done> {
        public DisableToken {
            FieldRules.optionalText("reason", reason, 200);
        }
    }

    /** For ever. */
    record DeleteToken(TokenId tokenId, CommandContext context) implements TokenCommand<Done> {}

    /** Records that the token's time has come. The ledger's own. */
    record ExpireToken(TokenId tokenId, CommandContext context) implements TokenCommand<Done> {}

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
            Optional<Earlier<QuotaConsumed>> earlier,
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
            return new ConsumeQuota(
                    tokenId,
                    usageId,
                    amount,
                    model,
                    booking,
                    Earlier.in(facts, recalls().getFirst(), QuotaConsumed.class),
                    context);
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
     * @param total units consumed by the token over all its life once this usage was booked
     * @param remaining units left under the limit of today, never negative; null is unlimited
     */
    record Consumption(
            TokenId tokenId, String usageId, long amount, long total, @Nullable Long remaining) {}
}
