package com.tokaify.ledger.enforcement.stream;

import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.service.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.IntToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows of each partition how old the view of it may be. An empty poll does not tell: it is the
 * same where nothing has happened and where the broker is away. So the partition's leader is asked
 * a few times a second where its log ends, and once the reader has come that far, everything that
 * was committed before the question is in the view. Whatever is wrong on the way, a leader that is
 * away, a partition with an error, a reader that lags or has died, the partition grows old.
 *
 * <p>On one named platform thread, beside the reader, which may be busy. If it ended, the view
 * would grow old too.
 */
public final class Heartbeats implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final LocalView view;
    private final IntToLongFunction readUpTo;
    private final LogEnds ends;
    private final Map<Integer, Question> open = new HashMap<>();
    private final Worker worker = new Worker("ledger-view-heartbeat", this::run);
    private boolean stale;

    private record Question(long askedAtNanos, CompletableFuture<Long> end) {}

    Heartbeats(LocalView view, IntToLongFunction readUpTo, LogEnds ends) {
        this.view = view;
        this.readUpTo = readUpTo;
        this.ends = ends;
    }

    /** Between a view, its reader, and the brokers. */
    public static Heartbeats of(LocalView view, EventStreamReader reader, String bootstrap) {
        return new Heartbeats(view, reader::readUpTo, LogEnds.of(bootstrap));
    }

    public void start() {
        worker.start();
    }

    private void run() {
        try (ends) {
            while (!worker.isClosing()) {
                tick();
                worker.pause(TICK);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("nobody asks Kafka for its ends any more: the view will count as stale", e);
        }
    }

    /** Looks what was answered, and asks again. */
    void tick() {
        List<Integer> toAsk = new ArrayList<>();
        view.partitions()
                .forEach(partition -> {
                    if (isDone(partition)) {
                        toAsk.add(partition);
                    }
                });
        if (!toAsk.isEmpty()) {
            long now = view.nanos();
            ends.ask(toAsk)
                    .forEach((partition, end) -> open.put(partition, new Question(now, end)));
        }
        tellChanges();
    }

    private boolean isDone(int partition) {
        Question question = open.get(partition);
        if (question == null) {
            return true;
        }
        return switch (question.end().state()) {
            case Future.State.RUNNING -> false;
            case Future.State.FAILED, Future.State.CANCELLED -> true;
            case Future.State.SUCCESS -> {
                boolean there = readUpTo.applyAsLong(partition) >= question.end().resultNow();
                if (there) {
                    view.heard(partition, question.askedAtNanos());
                }
                yield there;
            }
        };
    }

    private void tellChanges() {
        if (view.stale() == stale) {
            return;
        }
        stale = !stale;
        if (stale) {
            LOG.error("the view is stale: it may be {} ms old", view.age().toMillis());
        } else {
            LOG.info("the view is fresh again");
        }
    }

    @Override
    public void close() {
        boolean _ = worker.close(STOP);
    }
}
