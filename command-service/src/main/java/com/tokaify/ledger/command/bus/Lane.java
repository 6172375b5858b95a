package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.store.AppendFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.axonframework.commandhandling.CommandMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Decides the commands of some partitions, one batch after the other. It takes whatever waits,
 * never waits for more, and goes on when the batch is durable; while it waits, other lanes decide.
 * State in memory is therefore never ahead of the store, and a failed batch leaves nothing to undo
 * but a few cached aggregates.
 *
 * <p>Thread {@code ledger-lane-N}; {@link #offer} may be called by any. The queue is bounded: at
 * the bound work is refused, and callers are told to come again.
 */
final class Lane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int MAX_COMMANDS_PER_BATCH = 2_000;
    private static final int MAX_ATTEMPTS = 10;

    private static final Work STOP = Work.of(List.of(), WorkWrites.NONE);

    private final LaneRuntime runtime;
    private final Recollection recollection = new Recollection();
    private final BlockingQueue<Work> queue;
    private final Thread thread;
    private volatile boolean closed;

    Lane(int number, int queueCapacity, LaneRuntime runtime) {
        this.runtime = runtime;
        this.queue = new ArrayBlockingQueue<>(queueCapacity);
        this.thread = Thread.ofPlatform().name("ledger-lane-" + number).start(this::run);
    }

    /** Takes work, or says no where too much waits already. */
    boolean offer(Work work) {
        return !closed && queue.offer(work);
    }

    /** Works in the queue at this moment. */
    int waiting() {
        return queue.size();
    }

    private void run() {
        List<Work> batch = new ArrayList<>();
        boolean open = true;
        while (open || !queue.isEmpty()) {
            try {
                collect(batch);
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a lane", e);
            }
            open &= !batch.remove(STOP);
            process(batch);
            batch.clear();
        }
    }

    private void collect(List<Work> batch) throws InterruptedException {
        Work next = queue.take();
        int commands = 0;
        while (next != null) {
            batch.add(next);
            commands += next.messages().size();
            next = commands < MAX_COMMANDS_PER_BATCH ? queue.poll() : null;
        }
    }

    private void process(List<Work> batch) {
        try {
            answer(batch, together(batch));
        } catch (AppendFailed.Unavailable | DataAccessException e) {
            // Not one by one: each would wait in vain for a connection.
            LOG.warn("the event store does not answer: {}", e.toString());
            batch.forEach(work -> fail(work, unavailable(e)));
        } catch (RuntimeException e) {
            LOG.debug("a batch of {} failed and is tried one by one", batch.size(), e);
            batch.forEach(this::processAlone);
        }
    }

    private List<CommandResult<?>> together(List<Work> batch) {
        try {
            return new Batch(runtime, recollection).run(batch);
        } catch (AppendFailed.Repeated e) {
            recollection.surprised();
            return new Batch(runtime, recollection).run(batch);
        }
    }

    private void answer(List<Work> batch, List<CommandResult<?>> results) {
        int from = 0;
        for (Work work : batch) {
            int to = from + work.messages().size();
            answer(work, List.copyOf(results.subList(from, to)));
            from = to;
        }
    }

    private void answer(Work work, List<CommandResult<?>> results) {
        runtime.counts().add(results);
        work.results().complete(results);
    }

    private void fail(Work work, RuntimeException why) {
        runtime.counts().addUndecided(work.messages().size());
        work.results().completeExceptionally(why);
    }

    private void processAlone(Work work) {
        try {
            answer(work, work.messages().size() > 1 ? oneByOne(work) : patiently(work));
        } catch (AppendFailed.Unavailable | DataAccessException e) {
            fail(work, unavailable(e));
        } catch (RuntimeException e) {
            fail(work, e);
        }
    }

    /** Each command in its own transaction, and what belongs to all of them in a last one. */
    private List<CommandResult<?>> oneByOne(Work work) {
        List<CommandResult<?>> results = new ArrayList<>();
        for (CommandMessage<?> message : work.messages()) {
            results.addAll(patiently(Work.of(message)));
        }
        List<Outcome<?>> outcomes =
                results.stream().<Outcome<?>>map(CommandResult::outcome).toList();
        patiently(Work.of(List.of(), _ -> work.writes().given(outcomes)));
        return results;
    }

    /** Decides anew where another instance was first: what it wrote is read on the next attempt. */
    private List<CommandResult<?>> patiently(Work work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return together(List.of(work));
            } catch (AppendFailed.Conflict | Batch.Overtaken e) {
                if (attempt == MAX_ATTEMPTS) {
                    throw new LedgerUnavailable("Others change the same token at this moment.", e);
                }
            }
        }
    }

    private static LedgerUnavailable unavailable(RuntimeException e) {
        return new LedgerUnavailable("The event store does not answer.", e);
    }

    /** Finishes what waits, then ends. */
    @Override
    public void close() {
        closed = true;
        try {
            queue.put(STOP);
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
