package com.tokaify.ledger.query.live;

import com.tokaify.ledger.query.audit.AuditRow;
import com.tokaify.ledger.query.projection.ViewPositions;
import com.tokaify.ledger.service.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;

/**
 * Tells all listeners of this instance what was applied to the view. One platform thread waits for
 * the view's positions to move and then reads what is new once for all listeners, from the table
 * and not from Kafka: a listener that is told of a change and asks for it finds it. Between two
 * looks it pauses, so that a token that is used a thousand times meanwhile is told of once. While
 * nobody listens nothing is read.
 *
 * <p>Keeps nothing durable and nothing of listeners that have gone. Where the database is away the
 * head stays where it is, and everything is told later. Who listens at another instance is that
 * one's affair; both read the same table.
 */
final class LiveFeed implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(5);

    /** Events read at once; what is left of them without most consumption is far less. */
    private static final long MOST_AT_ONCE = 20_000;

    private final ViewPositions positions;
    private final Changes changes;
    private final LiveSettings settings;
    private final Duration patience;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("live-feed").daemon().unstarted(this::follow);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition headMoved = lock.newCondition();
    private final Listeners listeners = new Listeners(); // guarded by lock
    private volatile @Nullable Mark head; // written under lock
    private boolean failing; // of the one thread

    /**
     * @param patience how long a listener is waited for that has seen more than this view
     */
    LiveFeed(ViewPositions positions, Changes changes, LiveSettings settings, Duration patience) {
        this.positions = positions;
        this.changes = changes;
        this.settings = settings;
        this.patience = patience;
    }

    @Override
    public void start() {
        thread.start();
    }

    /** Ends all listeners; they come back, here after the restart or at another instance. */
    @Override
    public void stop() {
        closing.countDown();
        try {
            // A database that hangs must not keep the process from ending.
            if (lock.tryLock(STOP.toNanos(), TimeUnit.NANOSECONDS)) {
                try {
                    listeners.all().forEach(Listener::end);
                    headMoved.signalAll();
                } finally {
                    lock.unlock();
                }
            }
            if (!thread.join(STOP)) {
                LOG.warn("the live feed has not ended within {}", STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Before the web server, which would wait in vain for requests that listen to end. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
    }

    int partitions() {
        return positions.partitions();
    }

    /**
     * Everything up to here has been handed to those it concerns. Whoever reads this first and
     * finds nothing waiting then, has received everything up to here.
     */
    Mark head() {
        Mark known = head;
        if (known == null) {
            throw new IllegalStateException("nobody listens before there is a head");
        }
        return known;
    }

    /**
     * Adds a listener. Where it has seen more than this view, the view is waited for a little; then
     * its start may still not cover what it has seen.
     *
     * @param seen what the listener has received before; null where it begins
     * @throws ProblemException where there are too many, or nothing is known of the view yet
     */
    Listener attach(LiveScope scope, @Nullable Mark seen) throws InterruptedException {
        long nanosLeft = patience.toNanos();
        lock.lock();
        try {
            while (isOpen() && !hasCome(seen) && nanosLeft > 0) {
                nanosLeft = headMoved.awaitNanos(nanosLeft);
            }
            Mark start = head;
            if (start == null || !isOpen()) {
                throw unavailable("VIEW_BEHIND", "The view is not followed right now; ask again.");
            }
            if (listeners.size() >= settings.maxListeners()) {
                throw unavailable(
                        "TOO_MANY_LISTENERS",
                        "As many listen as may at a time, %d; ask again."
                                .formatted(settings.maxListeners()));
            }
            Listener listener = new Listener(scope, start);
            listeners.add(listener);
            return listener;
        } finally {
            lock.unlock();
        }
    }

    void detach(Listener listener) {
        lock.lock();
        try {
            listeners.remove(listener);
        } finally {
            lock.unlock();
        }
    }

    private boolean hasCome(@Nullable Mark seen) {
        Mark known = head;
        return known != null && (seen == null || known.covers(seen));
    }

    private static ProblemException unavailable(String code, String detail) {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, code, detail);
    }

    private void follow() {
        long seen = 0;
        try {
            while (isOpen()) {
                seen = positions.awaitMove(seen, IDLE);
                look();
                // Whether it was stopped is asked at the top.
                var _ = closing.await(settings.pause().toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            LOG.warn("the live feed was interrupted and ends");
        }
    }

    private void look() {
        try {
            tell();
            if (failing) {
                LOG.info("changes are told again");
                failing = false;
            }
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.error("changes cannot be told, trying again", e);
                failing = true;
            }
        }
    }

    private void tell() {
        long[] reached = positions.pseqs();
        if (reached == null) {
            return;
        }
        Mark target = Mark.of(reached);
        lock.lock();
        try {
            Mark from = head;
            if (from == null || listeners.size() == 0) {
                head = target;
            } else {
                while (isOpen() && !from.covers(target)) {
                    from = tell(from, from.towards(target, MOST_AT_ONCE));
                }
            }
            headMoved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Mark tell(Mark from, Mark to) {
        for (AuditRow change : changes.between(from, to, listeners.accounts())) {
            List<Listener> concerned = listeners.of(change);
            if (!concerned.isEmpty()) {
                LiveMessage message =
                        LiveMessage.changed(
                                from.within(
                                        to,
                                        change.position().partition(),
                                        change.position().pseq()),
                                change);
                concerned.forEach(listener -> listener.offer(message));
            }
        }
        listeners.endSlowest(settings.maxWaiting());
        head = to; // after the offers, see head()
        return to;
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }
}
