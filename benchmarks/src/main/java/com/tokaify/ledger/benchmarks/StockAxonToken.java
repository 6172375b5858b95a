package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.events.id.TokenId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** A token with a quota as Axon's guide would write it. */
final class StockAxonToken {
    @SuppressWarnings("UnusedVariable") // Axon reads it
    @AggregateIdentifier
    private @Nullable String id;

    private long used;
    private long quota;

    /** Made for Axon, which fills it by replay. */
    StockAxonToken() {}

    record Consume(
            @TargetAggregateIdentifier String tokenId, String usageId, long amount, String model) {
        static Consume of(Usage usage) {
            return new Consume(
                    usage.tokenId().toString(), usage.usageId(), usage.amount(), Usage.MODEL);
        }
    }

    record Created(String tokenId, long quota) {
        static Created of(TokenId token, long quota) {
            return new Created(token.toString(), quota);
        }
    }

    record Consumed(String usageId, long amount, String model, long total) {}

    @CommandHandler
    long handle(Consume command) {
        long total = used + command.amount();
        if (total > quota) {
            throw new IllegalStateException("the quota is exhausted");
        }
        AggregateLifecycle.apply(
                new Consumed(command.usageId(), command.amount(), command.model(), total));
        return total;
    }

    @EventSourcingHandler
    void on(Created created) {
        id = created.tokenId();
        quota = created.quota();
    }

    @EventSourcingHandler
    void on(Consumed consumed) {
        used = consumed.total();
    }
}
