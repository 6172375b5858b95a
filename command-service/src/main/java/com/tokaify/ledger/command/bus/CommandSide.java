package com.tokaify.ledger.command.bus;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.tokaify.ledger.command.account.Account;
import com.tokaify.ledger.command.catalog.Catalog;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.decision.StreamAggregate;
import com.tokaify.ledger.command.store.Committer;
import com.tokaify.ledger.command.store.EventCompanion;
import com.tokaify.ledger.command.store.EventTable;
import com.tokaify.ledger.command.store.SnapshotTable;
import com.tokaify.ledger.command.token.Token;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.service.trace.Tracing;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.springframework.jdbc.core.simple.JdbcClient;

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
     * @param snapshotEvery events of a stream after which a snapshot is taken
     */
    public record Sizes(int lanes, int laneQueue, long livingAggregates, long snapshotEvery) {}

    /**
     * @param jdbc reads the store, with a connection for each lane at least
     * @param companions what is written beside events
     */
    public static GroupCommitCommandBus wire(
            Partitioning partitioning,
            JdbcClient jdbc,
            Committer committer,
            List<EventCompanion> companions,
            LedgerGate gate,
            Sizes sizes) {
        return wire(partitioning, jdbc, committer, companions, gate, sizes, Tracing.OFF);
    }

    /**
     * @param jdbc reads the store, with a connection for each lane at least
     * @param companions what is written beside events
     * @param tracing makes the spans of commands
     */
    public static GroupCommitCommandBus wire(
            Partitioning partitioning,
            JdbcClient jdbc,
            Committer committer,
            List<EventCompanion> companions,
            LedgerGate gate,
            Sizes sizes,
            Tracing tracing) {
        EventTable table = new EventTable(jdbc);
        SnapshotTable snapshots = new SnapshotTable(jdbc);
        Cache<String, Aggregate<?>> living =
                Caffeine.newBuilder()
                        .maximumSize(sizes.livingAggregates())
                        .executor(Runnable::run) // the lanes' own; waking others costs more
                        .build();
        GroupCommitCommandBus bus =
                new GroupCommitCommandBus(
                        new LaneRuntime(
                                partitioning,
                                table,
                                new TokenHistories(table, snapshots, Token.STATE_FORMAT),
                                committer,
                                List.copyOf(companions),
                                sizes.snapshotEvery(),
                                new ConcurrentHashMap<>(),
                                living,
                                new CommandCounts()),
                        gate,
                        new CommandSpans(tracing),
                        sizes.lanes(),
                        sizes.laneQueue());
        EventStore plain =
                new LaneEventStore(table, snapshots, StreamAggregate.NO_SNAPSHOTS, partitioning);
        EventStore snapshotted =
                new LaneEventStore(table, snapshots, Token.STATE_FORMAT, partitioning);
        subscribe(bus, Token.class, Token::new, snapshotted);
        subscribe(bus, Account.class, Account::new, plain);
        subscribe(bus, Catalog.class, Catalog::new, plain);
        return bus;
    }

    private static <T extends StreamAggregate> void subscribe(
            GroupCommitCommandBus bus, Class<T> type, Supplier<T> factory, EventStore eventStore) {
        AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(type)
                .repository(new StreamRepository<>(type, factory, eventStore))
                .commandTargetResolver(BY_STREAM)
                .build()
                .subscribe(bus);
    }
}
