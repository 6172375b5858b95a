package com.tokaify.ledger.command.store;

import com.tokaify.ledger.command.store.PartitionHeads.Grant;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: one thread and one connection that write everything pending in one transaction, and
 * complete the callers once it is durable. A transaction costs much and a row little, so the busier
 * it is the cheaper each event.
 *
 * <p>Thread {@code ledger-committer}; {@link #append} may be called by any. The queue is bounded by
 * the number of lanes, each of which waits for its append. Where a transaction of several appends
 * fails, each is tried alone, so that one cannot fail another.
 */
public final class Committer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final int MAX_EVENTS_PER_TRANSACTION = 5_000;

    private record Append(
            List<NewEvent> events, List<SideWrite> sideWrites, CompletableFuture<long[]> pseqs) {}

    private static final Append STOP = new Append(List.of(), List.of(), new CompletableFuture<>());

    private final DataSource dataSource;
    private final Runnable onCommitted;
    private final CommitMeter meter;
    private final BlockingQueue<Append> pending = new ArrayBlockingQueue<>(1024);
    private final CopyBuffer rows = new CopyBuffer();
    private final AtomicLongArray heads;
    private final Thread thread;
    private @Nullable Connection connection;

    /**
     * @param dataSource gives connections of the role {@code ledger_writer}; one is kept
     * @param heads the last position in each partition so far
     * @param onCommitted run after each commit; wakes the relay
     */
    public Committer(DataSource dataSource, long[] heads, Runnable onCommitted) {
        this(dataSource, heads, onCommitted, CommitMeter.NONE);
    }

    /**
     * @param dataSource gives connections of the role {@code ledger_writer}; one is kept
     * @param heads the last position in each partition so far
     * @param onCommitted run after each commit; wakes the relay
     * @param meter told of each commit
     */
    public Committer(DataSource dataSource, long[] heads, Runnable onCommitted, CommitMeter meter) {
        this.dataSource = dataSource;
        this.heads = new AtomicLongArray(heads);
        this.onCommitted = onCommitted;
        this.meter = meter;
        this.thread = Thread.ofPlatform().name("ledger-committer").start(this::run);
    }

    /**
     * Writes events and what belongs to them, whole or not at all.
     *
     * @return completes after the commit with the position of each event, or with an {@link
     *     AppendFailed}
     */
    public CompletableFuture<long[]> append(List<NewEvent> events, List<SideWrite> sideWrites) {
        Append append = new Append(events, sideWrites, new CompletableFuture<>());
        try {
            pending.put(append);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            append.pseqs.completeExceptionally(new AppendFailed.Unavailable(e));
        }
        return append.pseqs;
    }

    /** The last position this instance knows to be committed in a partition. */
    public long head(int partition) {
        return heads.get(partition);
    }

    private void run() {
        List<Append> batch = new ArrayList<>();
        boolean open = true;
        while (open || !pending.isEmpty()) {
            try {
                collect(batch);
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts the committer", e);
            }
            open &= !batch.remove(STOP);
            if (!batch.isEmpty()) {
                commit(batch);
            }
            batch.clear();
        }
        disconnect();
    }

    private void collect(List<Append> batch) throws InterruptedException {
        Append next = pending.take();
        int events = 0;
        while (next != null) {
            batch.add(next);
            events += next.events.size();
            next = events < MAX_EVENTS_PER_TRANSACTION ? pending.poll() : null;
        }
    }

    private void commit(List<Append> batch) {
        try {
            write(batch);
        } catch (SQLException | RuntimeException e) {
            AppendFailed failed =
                    e instanceof SQLException sql
                            ? AppendFailed.of(sql)
                            : new AppendFailed.Rejected(e);
            rollback();
            if (batch.size() == 1 || failed instanceof AppendFailed.Unavailable) {
                LOG.debug("append failed", failed);
                batch.forEach(append -> append.pseqs.completeExceptionally(failed));
            } else {
                batch.forEach(append -> commit(List.of(append)));
            }
        }
    }

    private void write(List<Append> batch) throws SQLException {
        Connection open = connection();
        long began = System.nanoTime();
        List<NewEvent> events = batch.stream().flatMap(append -> append.events.stream()).toList();
        for (Append append : batch) {
            for (SideWrite sideWrite : append.sideWrites) {
                sideWrite.write(open);
            }
        }
        long[] pseqs = events.isEmpty() ? new long[0] : copy(open, events);
        open.commit();
        meter.committed(pseqs.length, System.nanoTime() - began);
        for (int i = 0; i < pseqs.length; i++) {
            heads.set(events.get(i).partition(), pseqs[i]);
        }
        onCommitted.run();
        int from = 0;
        for (Append append : batch) {
            int to = from + append.events.size();
            append.pseqs.complete(Arrays.copyOfRange(pseqs, from, to));
            from = to;
        }
    }

    private long[] copy(Connection open, List<NewEvent> events) throws SQLException {
        Grant grant = PartitionHeads.advance(open, events);
        long[] pseqs = new long[events.size()];
        rows.begin();
        for (int i = 0; i < pseqs.length; i++) {
            pseqs[i] = grant.next(events.get(i).partition());
            rows.add(pseqs[i], events.get(i));
        }
        CopyIn copy = open.unwrap(PGConnection.class).getCopyAPI().copyIn(CopyBuffer.COPY);
        try {
            rows.writeTo(copy);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        TraceTable.add(open, events, pseqs);
        return pseqs;
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = dataSource.getConnection();
            open.setAutoCommit(false);
            connection = open;
        }
        return open;
    }

    private void rollback() {
        try {
            if (connection != null) {
                connection.rollback();
            }
        } catch (SQLException e) {
            disconnect();
        }
    }

    private void disconnect() {
        try (Connection _ = connection) {
            connection = null;
        } catch (SQLException e) {
            LOG.debug("a lost connection could not be closed", e);
        }
    }

    /** Writes what is pending, then ends. */
    @Override
    public void close() {
        try {
            pending.put(STOP);
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
