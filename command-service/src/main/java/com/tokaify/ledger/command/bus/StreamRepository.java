package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.decision.StreamAggregate;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.jspecify.annotations.Nullable;

/**
 * Axon's repository over the living aggregates. An aggregate is touched by its lane's thread alone,
 * so there are no locks; one that took part in a unit of work that failed is forgotten, and read
 * from the store the next time. {@link Ongoing} keeps them.
 *
 * <p>Axon's own caching repository locks, and compares every aggregate of a unit of work with every
 * other at commit, which a batch of hundreds of commands would pay for.
 */
final class StreamRepository<T extends StreamAggregate> implements Repository<T> {
    private final Supplier<T> factory;
    private final AggregateModel<T> model;
    private final EventStore eventStore;

    StreamRepository(Class<T> type, Supplier<T> factory, EventStore eventStore) {
        this.factory = factory;
        this.model = AnnotatedAggregateMetaModelFactory.inspectAggregate(type);
        this.eventStore = eventStore;
    }

    @Override
    public Aggregate<T> load(String id) {
        @SuppressWarnings("unchecked") // ids carry their type as a prefix
        Aggregate<T> inMemory = (Aggregate<T>) Ongoing.current().aggregate(id);
        return inMemory != null ? inMemory : read(id);
    }

    @Override
    public Aggregate<T> load(String id, @Nullable Long expectedVersion) {
        return load(id);
    }

    @Override
    public Aggregate<T> newInstance(Callable<T> creation) throws Exception {
        Aggregate<T> aggregate =
                EventSourcedAggregate.initialize(
                        creation, model, eventStore, NoSnapshotTriggerDefinition.TRIGGER);
        Ongoing.current().add(aggregate.identifierAsString(), aggregate);
        return aggregate;
    }

    @Override
    public Aggregate<T> loadOrCreate(String id, Callable<T> creation) throws Exception {
        try {
            return load(id);
        } catch (AggregateNotFoundException e) {
            return newInstance(creation);
        }
    }

    private Aggregate<T> read(String id) {
        DomainEventStream events = eventStore.readEvents(id);
        if (!events.hasNext()) {
            throw new AggregateNotFoundException(id, "the stream has no events");
        }
        EventSourcedAggregate<T> aggregate =
                EventSourcedAggregate.initialize(
                        factory.get(), model, eventStore, NoSnapshotTriggerDefinition.TRIGGER);
        aggregate.initializeState(events);
        Ongoing.current().add(id, aggregate);
        return aggregate;
    }

    @Override
    public void send(Message<?> message, ScopeDescriptor scope) {
        throw new UnsupportedOperationException("the ledger has no deadlines");
    }

    @Override
    public boolean canResolve(ScopeDescriptor scope) {
        return false;
    }
}
