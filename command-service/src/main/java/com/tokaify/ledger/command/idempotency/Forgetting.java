package com.tokaify.ledger.command.idempotency;

import com.tokaify.ledger.command.settings.LedgerSettings;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Forgets kept answers once their time is over; every instance may, deleting twice does no harm.
 *
 * <p>Thread {@code ledger-forgetting}.
 */
@Component
final class Forgetting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
    private static final int MINUTES_BETWEEN = 10;

    private final IdempotencyTable table;
    private final LedgerSettings settings;
    private final Clock clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("ledger-forgetting").factory());

    Forgetting(JdbcClient jdbc, LedgerSettings settings, Clock clock) {
        this.table = new IdempotencyTable(jdbc);
        this.settings = settings;
        this.clock = clock;
        var _ =
                thread.scheduleWithFixedDelay(
                        this::forget, MINUTES_BETWEEN, MINUTES_BETWEEN, TimeUnit.MINUTES);
    }

    private void forget() {
        try {
            while (!thread.isShutdown()
                    && table.forget(clock.instant().minus(settings.idempotencyRetention())) > 0) {}
        } catch (DataAccessException e) {
            LOG.warn("kept answers could not be forgotten, next time: {}", e.toString());
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
