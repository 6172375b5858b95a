package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.StreamAggregate;
import com.tokaify.ledger.command.decision.StreamSnapshot;
import com.tokaify.ledger.command.store.EventTable;
import com.tokaify.ledger.command.store.NewEvent;
import com.tokaify.ledger.command.store.SnapshotTable;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.kafka.Partitioning;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.axonframework.common.Registration;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Axon's view of the event store: aggregates are read from the table, and what they publish is
 * gathered in the unit of work for the lane to commit. Nothing is followed through it: Axon's
 * global order over PostgreSQL loses events that commit late, readers follow the dense partitions
 * instead.
 */
final class LaneEventStore implements EventStore {
    private final EventTable table;
    private final SnapshotTable snapshots;
    private final short snapshotFormat;
    private final Partitioning partitioning;

    /**
     * @param snapshotFormat of the aggregates that are read through it
     */
    LaneEventStore(
            EventTable table,
            SnapshotTable snapshots,
            short snapshotFormat,
            Partitioning partitioning) {
        this.table = table;
        this.snapshots = snapshots;
        this.snapshotFormat = snapshotFormat;
        this.partitioning = partitioning;
    }

    @Override
    public void publish(List<? extends EventMessage<?>> messages) {
        Ongoing ongoing = Ongoing.current();
        for (EventMessage<?> message : messages) {
            DomainEventMessage<?> event = (DomainEventMessage<?>) message;
            StreamId stream = StreamId.parse(event.getAggregateIdentifier());
            ongoing.publish(
                    NewEvent.of(
                            partitioning.partitionOf(stream),
                            stream,
                            event.getSequenceNumber(),
                            (LedgerEvent) event.getPayload(),
                            (CommandContext)
                                    Objects.requireNonNull(
                                            event.getMetaData().get(StreamAggregate.CONTEXT))));
        }
    }

    /** From the last snapshot on, which comes first, or from the beginning. */
    @Override
    public DomainEventStream readEvents(String id) {
        History readAhead = Ongoing.current().takeReadAhead(id);
        if (readAhead != null) {
            return replay(id, readAhead);
        }
        if (snapshotFormat == StreamAggregate.NO_SNAPSHOTS) {
            return readEvents(id, 0);
        }
        StreamId stream = StreamId.parse(id);
        StreamSnapshot snapshot = snapshots.find(stream, snapshotFormat).orElse(null);
        long from = snapshot == null ? 0 : snapshot.sequence() + 1;
        return replay(id, new History(snapshot, table.stream(stream, from)));
    }

    @Override
    public DomainEventStream readEvents(String id, long firstSequence) {
        return replay(id, new History(null, table.stream(StreamId.parse(id), firstSequence)));
    }

    private static DomainEventStream replay(String id, History history) {
        DomainEventStream events =
                DomainEventStream.of(history.events().stream().map(event -> message(id, event)));
        return history.snapshot() == null
                ? events
                : DomainEventStream.concat(
                        DomainEventStream.of(message(id, history.snapshot())), events);
    }

    private static DomainEventMessage<?> message(String id, StreamSnapshot snapshot) {
        return new GenericDomainEventMessage<>(
                StreamSnapshot.class.getSimpleName(), id, snapshot.sequence(), snapshot);
    }

    private static DomainEventMessage<?> message(String id, StoredEvent stored) {
        return new GenericDomainEventMessage<>(
                stored.type().family().name(),
                id,
                stored.sequence(),
                EventCodec.decode(stored).event(),
                MetaData.emptyInstance(),
                stored.id(),
                stored.recordedAt());
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("snapshots are not taken through Axon");
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken position) {
        throw new UnsupportedOperationException(
                "follow the topic ledger.events, not Axon's global order");
    }

    @Override
    public Registration subscribe(Consumer<List<? extends EventMessage<?>>> processor) {
        throw new UnsupportedOperationException(
                "follow the topic ledger.events, not the event store");
    }

    @Override
    public Registration registerDispatchInterceptor(
            MessageDispatchInterceptor<? super EventMessage<?>> interceptor) {
        throw new UnsupportedOperationException("events are stored exactly as they were decided");
    }
}
