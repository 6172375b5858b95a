package com.tokaify.ledger.command.bus;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.tokaify.ledger.command.account.Account;
import com.tokaify.ledger.command.catalog.Catalog;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.decision.StreamAggregate;
import com.tokaify.ledger.command.store.Committer;
import com.tokaify.ledger.command.store.EventTable;
import com.tokaify.ledger.command.token.Token;
import com.tokaify.ledger.events.kafka.Partitioning;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/**
 * Axon wired by hand, and the only place that does it: no auto-configuration, no Axon Server, no
 * update check, no transaction manager that quietly manages nothing.
 */
public final class CommandSide {
    private static final CommandTargetResolver BY_STREAM =
            message ->
                    new VersionedAggregateIdentifier(
                            (Object) ((LedgerCommand<?>) message.getPayload()).stream().toString(),
                            null);

    private CommandSide() {}

    /**
     * @param lanes threads that decide
     * @param laneQueue works that may wait for each
     * @param livingAggregates aggregates kept in memory
     */
    public record Sizes(int lanes, int laneQueue, long livingAggregates) {}

    public static GroupCommitCommandBus wire(
            Partitioning partitioning,
            EventTable table,
            Committer committer,
            LedgerGate gate,
            Sizes sizes) {
        Cache<String, Aggregate<?>> living =
                Caffeine.newBuilder().maximumSize(sizes.livingAggregates()).build();
        GroupCommitCommandBus bus =
                new GroupCommitCommandBus(
                        new LaneRuntime(
                                partitioning, table, committer, new ConcurrentHashMap<>(), living),
                        gate,
                        sizes.lanes(),
                        sizes.laneQueue());
        EventStore eventStore = new LaneEventStore(table, partitioning);
        subscribe(bus, Token.class, Token::new, eventStore, living);
        subscribe(bus, Account.class, Account::new, eventStore, living);
        subscribe(bus, Catalog.class, Catalog::new, eventStore, living);
        return bus;
    }

    private static <T extends StreamAggregate> void subscribe(
            GroupCommitCommandBus bus,
            Class<T> type,
            Supplier<T> factory,
            EventStore eventStore,
            Cache<String, Aggregate<?>> living) {
        AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(type)
                .repository(new StreamRepository<>(type, factory, eventStore, living))
                .commandTargetResolver(BY_STREAM)
                .build()
                .subscribe(bus);
    }
}
