package com.tokaify.ledger.command.decision;

import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.service.access.Scope;
import java.util.Optional;
import java.util.function.Supplier;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.Nullable;

/**
 * What all aggregates share: an identity, the condition commands may be given on, and the way from
 * a decision to applied events. A subclass holds an immutable state, decides by a pure function,
 * and evolves by another. Confined to its lane's thread.
 */
public abstract class StreamAggregate {
    /** Metadata of every event: the {@link CommandContext} it was decided in. */
    public static final String CONTEXT = "context";

    /** The format of a kind of stream that is never long. */
    public static final short NO_SNAPSHOTS = 0;

    private static final long BEFORE_THE_FIRST = -1;

    @AggregateIdentifier private @Nullable String id;
    private long sequence = BEFORE_THE_FIRST;
    private long settingsSequence = BEFORE_THE_FIRST;

    /** Names the aggregate before its first event; afterwards the stream does. */
    protected final void born(StreamId stream) {
        id = stream.toString();
    }

    /**
     * Decides unless the stream is not there for who asks, or the command's condition fails, and
     * applies what was decided, all or nothing. Whose the stream is was read with it, so that no
     * moment lies between looking and deciding.
     *
     * @return the command's result
     */
    protected final <A> Decision<A> settle(
            LedgerCommand<A> command, Supplier<Decision<A>> decider) {
        if (!isWithin(command.context().scope(), command.stream())) {
            return Decision.notFound(command.stream());
        }
        Long seen = command.context().ifUnchangedSince();
        Decision<A> decision =
                seen == null || isUnchangedSince(seen)
                        ? decider.get()
                        : Decision.refuse(
                                Refusal.CHANGED_MEANWHILE,
                                "It was changed since sequence " + seen + "; read it again.");
        if (decision instanceof Decision.Accepted<A> accepted) {
            MetaData metaData = MetaData.with(CONTEXT, command.context());
            accepted.events().forEach(event -> AggregateLifecycle.apply(event, metaData));
        }
        return decision;
    }

    private boolean isUnchangedSince(long seen) {
        return seen >= settingsSequence && seen <= sequence;
    }

    /**
     * Whether the stream is there for who may touch only what is in that scope.
     *
     * @param stream this one; the first command of a stream has it before the stream does
     */
    protected abstract boolean isWithin(Scope scope, StreamId stream);

    /** Changes the state by one event. The only way it ever changes. */
    protected abstract void evolve(LedgerEvent event, long sequence);

    /** Whether an event changes what people set, so that a condition on the settings fails. */
    protected boolean changesSettings(LedgerEvent event) {
        return true;
    }

    /**
     * The format of {@link #state}, a larger number for each that {@link #restore} cannot read any
     * more; 0 takes no snapshots.
     */
    protected short stateFormat() {
        return NO_SNAPSHOTS;
    }

    /** The state as bytes; empty where a snapshot of it would save nothing. */
    protected Optional<byte[]> state() {
        return Optional.empty();
    }

    /** Takes over what {@link #state} has given in this {@link #stateFormat}. */
    protected void restore(byte[] state) {
        throw new UnsupportedOperationException(getClass() + " takes no snapshots");
    }

    /** The aggregate as it is; empty where no snapshots are taken. */
    public final Optional<StreamSnapshot> snapshot() {
        return stateFormat() == NO_SNAPSHOTS
                ? Optional.empty()
                : state().map(state ->
                        new StreamSnapshot(sequence, settingsSequence, stateFormat(), state));
    }

    @EventSourcingHandler
    void on(LedgerEvent event, DomainEventMessage<?> message) {
        if (id == null) {
            id = message.getAggregateIdentifier();
        }
        sequence = message.getSequenceNumber();
        if (changesSettings(event)) {
            settingsSequence = sequence;
        }
        evolve(event, sequence);
    }

    @EventSourcingHandler
    void on(StreamSnapshot snapshot, DomainEventMessage<?> message) {
        id = message.getAggregateIdentifier();
        sequence = snapshot.sequence();
        settingsSequence = snapshot.settingsSequence();
        restore(snapshot.state());
    }
}
