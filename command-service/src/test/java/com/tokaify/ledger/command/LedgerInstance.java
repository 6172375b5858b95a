package com.tokaify.ledger.command;

import com.tokaify.ledger.command.bus.CommandResult;
import com.tokaify.ledger.command.bus.CommandSide;
import com.tokaify.ledger.command.bus.GroupCommitCommandBus;
import com.tokaify.ledger.command.bus.Ledger;
import com.tokaify.ledger.command.bus.LedgerGate;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.due.DueCompanion;
import com.tokaify.ledger.command.settings.DatabaseSettings;
import com.tokaify.ledger.command.startup.StoreSetup;
import com.tokaify.ledger.command.store.Committer;
import com.tokaify.ledger.command.store.EventTable;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.service.trace.Tracing;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What decides and stores in one instance of the service, without HTTP and Kafka. Several may run
 * on one database. Its gate is open.
 */
public final class LedgerInstance implements AutoCloseable {
    public static final int PARTITIONS = 8;
    public static final Partitioning PARTITIONING = new Partitioning(PARTITIONS);

    /** So often that ordinary tests come by it. */
    private static final long SNAPSHOT_EVERY = 5;

    private static final int LANES = 3;
    private static final int LANE_QUEUE = 4_096;

    private final LedgerGate gate = new LedgerGate();
    private final HikariDataSource pool = new HikariDataSource();
    private final Committer committer;
    private final GroupCommitCommandBus bus;
    private final Ledger ledger;

    public LedgerInstance(LedgerDatabase database) {
        this(database, LANES, LANE_QUEUE);
    }

    public LedgerInstance(LedgerDatabase database, Tracing tracing) {
        this(database, LANES, LANE_QUEUE, tracing);
    }

    public LedgerInstance(LedgerDatabase database, int lanes, int laneQueue) {
        this(database, lanes, laneQueue, Tracing.OFF);
    }

    private LedgerInstance(LedgerDatabase database, int lanes, int laneQueue, Tracing tracing) {
        DatabaseSettings settings = settings(database);
        long[] heads = StoreSetup.prepare(settings.owner(), PARTITIONS);
        committer = new Committer(settings.writer(), heads, () -> {});
        pool.setDataSource(settings.writer());
        pool.setMaximumPoolSize(lanes + 1);
        pool.setConnectionTimeout(2_000);
        bus =
                CommandSide.wire(
                        PARTITIONING,
                        JdbcClient.create(pool),
                        committer,
                        List.of(new DueCompanion()),
                        gate,
                        new CommandSide.Sizes(lanes, laneQueue, 10_000, SNAPSHOT_EVERY),
                        tracing);
        ledger = new Ledger(bus);
        gate.open();
    }

    public static DatabaseSettings settings(LedgerDatabase database) {
        return new DatabaseSettings(
                database.jdbcUrl(),
                database.ownerPassword(),
                database.writerPassword(),
                database.relayPassword(),
                database.vaultPassword(),
                database.sealerPassword());
    }

    /** Everything in the store, partition by partition in the order of positions. */
    public static List<StoredEvent> stored(LedgerDatabase database) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        try (Connection connection = database.superuser();
                ResultSet row =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select "
                                                + EventTable.COLUMNS
                                                + " from ledger.event order by partition, pseq")) {
            while (row.next()) {
                events.add(EventTable.read(row));
            }
        }
        return events;
    }

    public LedgerGate gate() {
        return gate;
    }

    public Ledger ledger() {
        return ledger;
    }

    public GroupCommitCommandBus bus() {
        return bus;
    }

    /** Sends and waits until the result is durable. */
    public <A> CommandResult<A> send(LedgerCommand<A> command) throws Exception {
        return ledger.send(command).get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        bus.close();
        committer.close();
        pool.close();
    }
}
