package com.tokaify.ledger.command.due;

import com.tokaify.ledger.command.bus.CommandResult;
import com.tokaify.ledger.command.bus.Ledger;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.token.TokenCommand;
import com.tokaify.ledger.command.token.TokenCommand.ExpireToken;
import com.tokaify.ledger.command.token.UsageCommand.StartQuotaPeriod;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.service.worker.Worker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Tells tokens that their time has come: they expire, their quota periods end. Enforcement knows by
 * its own clock; here it becomes history. What came due while nobody looked is done at the next
 * start.
 *
 * <p>Thread {@code ledger-due}. One instance at a time, by an advisory lock that lives as long as
 * its connection; a second one would do no harm, since a token decides only once.
 */
public final class DueScanner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DueScanner.class);
    private static final Actor ACTOR = Actor.system("due");
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int AT_A_TIME = 1_000;
    private static final String LEAD = "select pg_try_advisory_lock(hashtext('ledger due'), 0)";

    private final DataSource dataSource;
    private final Ledger ledger;
    private final Clock clock;
    private final Worker worker = new Worker("ledger-due", this::run);

    /**
     * @param dataSource gives connections of the role {@code ledger_writer}; one is kept
     */
    public DueScanner(DataSource dataSource, Ledger ledger, Clock clock) {
        this.dataSource = dataSource;
        this.ledger = ledger;
        this.clock = clock;
    }

    public void start() {
        worker.start();
    }

    private void run() {
        while (!worker.isClosing()) {
            try (Connection connection = dataSource.getConnection()) {
                scan(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
            } catch (SQLException | DataAccessException | CompletionException e) {
                if (!worker.isClosing()) {
                    LOG.warn("what is due waits: {}", e.toString());
                    LOG.debug("because of", e);
                }
            }
            worker.pause(PAUSE);
        }
    }

    private void scan(JdbcClient jdbc) {
        DueTable table = new DueTable(jdbc);
        while (!worker.isClosing() && !jdbc.sql(LEAD).query(Boolean.class).single()) {
            worker.pause(PAUSE); // another instance does it
        }
        while (!worker.isClosing()) {
            Instant now = clock.instant();
            List<Due> due = table.next(now, AT_A_TIME);
            settle(due, now);
            if (due.size() < AT_A_TIME) {
                worker.pause(PAUSE);
            }
        }
    }

    /** Whatever a token decides, also that there is nothing to do, it is no longer due. */
    private void settle(List<Due> due, Instant now) {
        CommandContext context = new CommandContext(now, ACTOR, UUID.randomUUID().toString());
        List<CompletableFuture<CommandResult<TokenCommand.Done>>> sent =
                due.stream()
                        .map(each ->
                                ledger.send(
                                        command(each, context), _ -> List.of(DueTable.done(each))))
                        .toList();
        sent.forEach(CompletableFuture::join);
    }

    private static TokenCommand<TokenCommand.Done> command(Due due, CommandContext context) {
        return switch (due.kind()) {
            case EXPIRY -> new ExpireToken(due.token(), context);
            case PERIOD_END -> new StartQuotaPeriod(due.token(), context);
        };
    }

    /** Ends after what is at hand. */
    @Override
    public void close() {
        worker.close();
    }
}
