package com.tokaify.ledger.command.startup;

import com.tokaify.ledger.command.bus.CommandResult;
import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.bus.Ledger;
import com.tokaify.ledger.command.bus.LedgerGate;
import com.tokaify.ledger.command.catalog.CatalogCommand.DefineFirstGroup;
import com.tokaify.ledger.command.catalog.CatalogCommand.Group;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.relay.Relay;
import com.tokaify.ledger.command.settings.DatabaseSettings;
import com.tokaify.ledger.command.settings.KafkaSettings;
import com.tokaify.ledger.command.store.EventTable;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.kafka.Partitioning;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Opens the ledger: the topics, the check that the store still holds what Kafka has, then the gate,
 * the relay, the intake and the default group. Waits for Kafka as long as it takes; what waiting
 * cannot mend halts the ledger.
 *
 * <p>Thread {@code ledger-start-up}, so that health can be asked meanwhile.
 */
public final class StartUp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);
    private static final int PAUSE_SECONDS = 1;
    private static final String DEFAULT_GROUP = "default";

    private final KafkaSettings kafka;
    private final DatabaseSettings database;
    private final Partitioning partitioning;
    private final LedgerGate gate;
    private final Ledger ledger;
    private final List<Runnable> workers;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("ledger-start-up").unstarted(this::run);

    /**
     * @param workers start what may begin once the gate is open
     */
    public StartUp(
            KafkaSettings kafka,
            DatabaseSettings database,
            Partitioning partitioning,
            LedgerGate gate,
            Ledger ledger,
            List<Runnable> workers,
            Clock clock) {
        this.kafka = kafka;
        this.database = database;
        this.partitioning = partitioning;
        this.gate = gate;
        this.ledger = ledger;
        this.workers = workers;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!opened()) {
                if (closing.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the start-up", e);
        } catch (RuntimeException e) {
            gate.halt(e);
        }
    }

    /** Tries once; false where Kafka or the database did not answer. */
    private boolean opened() throws InterruptedException {
        try {
            TopicSetup.prepare(kafka, partitioning.partitions());
            Relay.check(database.relay(), kafka, partitioning.partitions());
            gate.open();
            defineDefaultGroup();
            workers.forEach(Runnable::run);
            return true;
        } catch (ExecutionException | KafkaException | SQLException | DataAccessException e) {
            LOG.warn("the ledger cannot open yet: {}", e.toString());
            return false;
        }
    }

    private void defineDefaultGroup() throws ExecutionException, InterruptedException {
        CommandContext context =
                new CommandContext(clock.instant(), Actor.system("start-up"), "start-up");
        provesTheWiring(ledger.send(new DefineFirstGroup(DEFAULT_GROUP, "Default", context)).get());
    }

    /**
     * The first command is also the proof that commands end in the store: another connection must
     * find its event. Frameworks that are wired wrongly answer all the same.
     */
    private void provesTheWiring(CommandResult<Group> result) {
        EventTable stored = new EventTable(JdbcClient.create(database.relay()));
        if (!(result instanceof Committed<Group> committed)
                || !stored.contains(committed.position())) {
            throw new IllegalStateException(
                    "the wiring is wrong: the first command was answered, but its event is not in the event store");
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
