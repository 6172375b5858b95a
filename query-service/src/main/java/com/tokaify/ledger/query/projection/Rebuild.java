package com.tokaify.ledger.query.projection;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Builds all views anew from the beginning of the stream, beside the live ones, and lets them take
 * their place; one at a time for a database. What a rebuild that was cut short has left behind is
 * removed at the start of the service, unless another instance is rebuilding right now. Each has a
 * platform thread of its own, a daemon, since whatever it is cut short in changes nothing.
 */
public final class Rebuild implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
    private static final String THREAD = "ledger-rebuild";
    private static final Duration STOP = Duration.ofSeconds(15);

    private final HikariDataSource live;
    private final Flyway flyway;
    private final ViewSet views;
    private final StreamSettings settings;
    private final InstantSource clock;

    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Thread thread;
    private volatile @Nullable RebuildRun run;

    Rebuild(
            HikariDataSource live,
            Flyway flyway,
            ViewSet views,
            StreamSettings settings,
            InstantSource clock) {
        this.live = live;
        this.flyway = flyway;
        this.views = views;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofPlatform().name(THREAD).daemon().start(this::removeLeftovers);
    }

    /**
     * Starts a rebuild.
     *
     * @return empty where one is under way, here or at another instance on the same database
     */
    synchronized Optional<RebuildStatus> begin() {
        if (isBusy() || closing.getCount() == 0) {
            return Optional.empty();
        }
        ViewSchemas schemas = ViewSchemas.open(live, flyway);
        Optional<RebuildLock> lock = Optional.empty();
        try {
            lock = RebuildLock.tryTake(schemas);
        } finally {
            if (lock.isEmpty()) {
                schemas.close();
            }
        }
        return lock.map(taken -> {
            RebuildRun begun = new RebuildRun(schemas, taken, views, settings, clock, closing);
            run = begun;
            thread = Thread.ofPlatform().name(THREAD).daemon().start(begun);
            return begun.status();
        });
    }

    /** The last one this instance has begun. */
    Optional<RebuildStatus> status() {
        RebuildRun last = run;
        return last == null ? Optional.empty() : Optional.of(last.status());
    }

    private boolean isBusy() {
        Thread busy = thread;
        return busy != null && busy.isAlive();
    }

    /**
     * Tried once: what it does not get to is removed before the next rebuild, or the next start.
     */
    private void removeLeftovers() {
        try (ViewSchemas schemas = ViewSchemas.open(live, flyway)) {
            Optional<RebuildLock> lock = RebuildLock.tryTake(schemas);
            if (lock.isPresent()) {
                try (RebuildLock _ = lock.get()) {
                    boolean _ = schemas.removeLeftovers();
                }
            }
        } catch (DataAccessException e) {
            LOG.warn("what a rebuild left behind is not removed yet: {}", e.getMessage());
        }
    }

    @Override
    public void stop() {
        closing.countDown();
        Thread busy = thread;
        try {
            if (busy != null && !busy.join(STOP)) {
                LOG.warn("the rebuild has not ended within {}", STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return isBusy() || (closing.getCount() > 0 && thread != null);
    }

    /** With the tail, after the web server. */
    @Override
    public int getPhase() {
        return 0;
    }
}
