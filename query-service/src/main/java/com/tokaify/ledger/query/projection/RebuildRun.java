package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.service.trace.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * One rebuild. Its own thread directs: it has the second schema made, lets a second {@link
 * LedgerTail} fill it, and once that has nearly come to where the live views are, swaps. Nothing of
 * it is kept: cut short at any point, it leaves the live views as they are and a schema to be
 * removed.
 */
final class RebuildRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RebuildRun.class);
    private static final Duration GLANCE = Duration.ofMillis(100);

    /**
     * How long the live views may stand still for a swap. Much less than a query waits for its
     * position.
     */
    private static final Duration STANDSTILL = Duration.ofMillis(500);

    /** What is certain to be applied within that time. */
    private static final long NEAR_EVENTS = 5_000;

    private static final double PERCENT = 100;
    private static final double HUNDREDTHS = 100;

    /** The rebuild ends here; the message is for an operator. */
    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GivenUp(String reason) {
            super(reason);
        }
    }

    private final ViewSchemas schemas;
    private final RebuildLock lock;
    private final StreamSettings settings;
    private final InstantSource clock;
    private final CountDownLatch closing;

    private final ViewWriter writer;
    private final ViewPositions positions;
    private final ViewState state = new ViewState("the view built anew");
    private final StreamProgress progress;
    private final Instant startedAt;

    private volatile RebuildPhase phase = RebuildPhase.PREPARING;
    private volatile @Nullable Instant endedAt;
    private volatile @Nullable String failure;

    /**
     * @param schemas opened for this rebuild, which closes it
     * @param lock likewise
     * @param closing counted down when the service ends
     */
    RebuildRun(
            ViewSchemas schemas,
            RebuildLock lock,
            ViewSet views,
            StreamSettings settings,
            InstantSource clock,
            CountDownLatch closing) {
        this.schemas = schemas;
        this.lock = lock;
        this.settings = settings;
        this.clock = clock;
        this.closing = closing;
        this.writer = ViewWriter.over(schemas.source(), views, settings.partitions());
        this.positions = new ViewPositions(settings.partitions());
        this.progress = new StreamProgress(settings.partitions(), System::nanoTime);
        this.startedAt = clock.instant();
    }

    RebuildStatus status() {
        StreamProgress.Reading reading = progress.read();
        boolean filling = phase == RebuildPhase.FILLING;
        double share = phase == RebuildPhase.PREPARING ? 0 : reading.share();
        Long secondsLeft =
                filling && reading.recordsPerSecond() > 0
                        ? Long.valueOf(Math.round(reading.lag() / reading.recordsPerSecond()))
                        : null;
        String reason = failure != null ? failure : phase.isOver() ? null : state.reason();
        return new RebuildStatus(
                phase,
                startedAt,
                endedAt,
                writer.names(),
                reading.events(),
                phase.isOver() ? 0 : Math.round(reading.eventsPerSecond()),
                Math.floor(share * PERCENT * HUNDREDTHS) / HUNDREDTHS,
                secondsLeft,
                reason);
    }

    @Override
    public void run() {
        try (schemas;
                lock) {
            rebuild();
            enter(RebuildPhase.DONE);
        } catch (GivenUp e) {
            fail(String.valueOf(e.getMessage()));
            LOG.error("the views are not built anew: {}", e.getMessage());
        } catch (RuntimeException e) {
            fail("it ended unexpectedly: " + e.getMessage());
            LOG.error("the views are not built anew", e);
        }
    }

    private void rebuild() {
        removeLeftovers();
        schemas.makeNext();
        enter(RebuildPhase.FILLING);
        boolean analyzed = false;
        while (true) {
            LedgerTail tail = newTail();
            tail.start();
            try {
                awaitNearness();
                if (!analyzed) {
                    schemas.analyze();
                    analyzed = true;
                    awaitNearness();
                }
                enter(RebuildPhase.SWAPPING);
                if (schemas.swap(writer.names(), live -> bring(live, tail))) {
                    break;
                }
                pause(settings.retryPause());
            } catch (DataAccessResourceFailureException e) {
                LOG.warn("PostgreSQL is away, trying again: {}", e.getMessage());
                if (hasSwapped()) {
                    break;
                }
            } finally {
                tail.stop();
            }
        }
        enter(RebuildPhase.CLEANING);
        removeLeftovers();
    }

    /** Asks until PostgreSQL answers; a commit may have been done and not told. */
    private boolean hasSwapped() {
        while (true) {
            pause(settings.retryPause());
            try {
                return !schemas.hasNext();
            } catch (DataAccessResourceFailureException e) {
                LOG.debug("PostgreSQL is still away", e);
            }
        }
    }

    private LedgerTail newTail() {
        return new LedgerTail(
                "ledger-rebuild-tail",
                new StreamConsumers(settings, "ledger-query-rebuild")::open,
                writer,
                positions,
                state,
                progress,
                settings,
                Tracing.OFF); // what is read once more is no news to anybody
    }

    /** Until a moment's standstill of the live views is enough to come to where they are. */
    private void awaitNearness() {
        while (!isNear()) {
            pause(GLANCE);
            requireNoStopBeforeLive();
        }
        requireNoStopBeforeLive();
    }

    private boolean isNear() {
        if (state.isBehind()) {
            return false;
        }
        StreamProgress.Reading reading = progress.read();
        long lag = 0;
        for (int partition = 0; partition < settings.partitions(); partition++) {
            if (!state.isStopped(partition)) {
                lag += reading.lag(partition);
            }
        }
        return lag <= NEAR_EVENTS;
    }

    /** Where also the live view has stopped there is nothing to wait for, and a swap no loss. */
    private void requireNoStopBeforeLive() {
        if (!state.isAnyStopped()) {
            return;
        }
        Map<Integer, Long> live = furthest(schemas.livePositions(writer.names()));
        for (Stop stop : state.stops()) {
            if (positions.pseq(stop.partition()) < live.getOrDefault(stop.partition(), 0L)) {
                throw new GivenUp(
                        "partition "
                                + stop.partition()
                                + " stops before the live view does: "
                                + stop.reason());
            }
        }
    }

    /**
     * Comes to the live positions, while they stand still, and stops.
     *
     * @return false where it has not within that time
     */
    private boolean bring(List<ProjectionPosition> live, LedgerTail tail) {
        long deadline = System.nanoTime() + STANDSTILL.toNanos();
        try {
            for (Map.Entry<Integer, Long> goal : furthest(live).entrySet()) {
                Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                if (!positions.await(new Position(goal.getKey(), goal.getValue()), left)) {
                    return false;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        tail.stop();
        return !tail.isRunning();
    }

    private Map<Integer, Long> furthest(List<ProjectionPosition> live) {
        Map<Integer, Long> furthest = new HashMap<>();
        for (ProjectionPosition position : live) {
            if (position.partition() < settings.partitions()) {
                furthest.merge(position.partition(), position.pseq(), Math::max);
            }
        }
        return furthest;
    }

    /** Long reads of the views that were replaced are waited for, not disturbed. */
    private void removeLeftovers() {
        while (!schemas.removeLeftovers()) {
            pause(settings.retryPause());
        }
    }

    private void enter(RebuildPhase next) {
        if (phase != next) {
            phase = next;
            if (next.isOver()) {
                endedAt = clock.instant();
            }
            LOG.info("rebuild of the views: {}", next);
        }
    }

    private void fail(String reason) {
        failure = reason;
        enter(RebuildPhase.FAILED);
    }

    private void pause(Duration pause) {
        try {
            if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new GivenUp("the service ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GivenUp("it was interrupted");
        }
    }
}
