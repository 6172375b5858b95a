package com.tokaify.ledger.command.decision;

import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.id.StreamId;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.Nullable;

/**
 * What all aggregates share: an identity, and the way from a decision to applied events. A subclass
 * holds an immutable state, decides by a pure function, and evolves by another. Confined to its
 * lane's thread.
 */
public abstract class StreamAggregate {
    /** Metadata of every event: the {@link CommandContext} it was decided in. */
    public static final String CONTEXT = "context";

    @AggregateIdentifier private @Nullable String id;

    /** Names the aggregate before its first event; afterwards the stream does. */
    protected final void born(StreamId stream) {
        id = stream.toString();
    }

    /**
     * Applies what was decided, all or nothing, and hands the decision on as the command's result.
     */
    protected final <A> Decision<A> settle(LedgerCommand<A> command, Decision<A> decision) {
        if (decision instanceof Decision.Accepted<A> accepted) {
            MetaData metaData = MetaData.with(CONTEXT, command.context());
            accepted.events().forEach(event -> AggregateLifecycle.apply(event, metaData));
        }
        return decision;
    }

    /** Changes the state by one event. The only way it ever changes. */
    protected abstract void evolve(LedgerEvent event);

    @EventSourcingHandler
    void on(LedgerEvent event, DomainEventMessage<?> message) {
        if (id == null) {
            id = message.getAggregateIdentifier();
        }
        evolve(event);
    }
}
