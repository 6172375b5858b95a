package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.RecallingCommand;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.id.TokenId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be asked about usage beside booking it. */
public sealed interface UsageCommand<A> extends TokenCommand<A> {

    /**
     * Gives usage back, wholly or in part, once.
     *
     * @param usage as it was booked, set by the bus; empty where it was not
     * @param earlier the refund as it was recorded before, set by the bus
     */
    record RefundUsage(
            TokenId tokenId,
            String usageId,
            long amount,
            String reason,
            Optional<Earlier<QuotaConsumed>> usage,
            Optional<Earlier<QuotaRefunded>> earlier,
            CommandContext context)
            implements UsageCommand<Refund>, RecallingCommand<Refund> {
        public RefundUsage {
            FieldRules.usageId("usageId", usageId);
            FieldRules.amount("amount", amount);
            FieldRules.text("reason", reason, 200);
        }

        public RefundUsage(
                TokenId tokenId,
                String usageId,
                long amount,
                String reason,
                CommandContext context) {
            this(tokenId, usageId, amount, reason, Optional.empty(), Optional.empty(), context);
        }

        @Override
        public List<OnceKey> recalls() {
            return List.of(OnceKey.ofRefund(tokenId, usageId), OnceKey.ofUsage(tokenId, usageId));
        }

        @Override
        public RefundUsage knowing(Map<OnceKey, RecordedFact> facts) {
            List<OnceKey> keys = recalls();
            return new RefundUsage(
                    tokenId,
                    usageId,
                    amount,
                    reason,
                    Earlier.in(facts, keys.getLast(), QuotaConsumed.class),
                    Earlier.in(facts, keys.getFirst(), QuotaRefunded.class),
                    context);
        }
    }

    /**
     * Usage given back, as it stands in the ledger.
     *
     * @param total units consumed by the token over all its life once this was given back
     * @param remaining units left under the limit of today, never negative; null is unlimited
     */
    record Refund(
            TokenId tokenId, String usageId, long amount, long total, @Nullable Long remaining) {}

    /**
     * Begins the period of today where the last one is over and something was consumed in it. The
     * ledger's own, so that readers see a quota return that nobody asks for.
     */
    record StartQuotaPeriod(TokenId tokenId, CommandContext context)
            implements UsageCommand<TokenCommand.Done> {}
}
