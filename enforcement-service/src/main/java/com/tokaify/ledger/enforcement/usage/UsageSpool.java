package com.tokaify.ledger.enforcement.usage;

import com.tokaify.ledger.events.usage.UsageReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Usage on this instance's disk, for as long as Kafka is away: append-only files in a folder of its
 * own, bounded. Durable when {@link #append} returns.
 *
 * <p>Any number of threads append; one named thread writes what all of them have pending and syncs
 * it once. One other thread, the forwarder, takes the oldest ({@link #next}) and says when Kafka
 * has it ({@link #forwarded}); a file goes when Kafka has all of it. How far a file has come is not
 * kept: after a restart it is forwarded from its beginning again, and the ledger books each usage
 * once.
 *
 * <p>A torn end was never acknowledged and is left out. A frame that is damaged otherwise was: its
 * file is kept aside under the name {@code ….corrupt}, what can be read of it is forwarded, and an
 * operator is told.
 */
public final class UsageSpool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageSpool.class);
    private static final String SUFFIX = ".usage";
    private static final String CORRUPT = ".corrupt";
    private static final int SEGMENT_BYTES = 8 * 1024 * 1024;

    private final Path folder;
    private final long maxBytes;
    private final FileChannel lockFile;
    private final Thread writer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition pendingCame = lock.newCondition();
    private final Condition durableCame = lock.newCondition();
    private final Deque<SpoolSegment> segments = new ArrayDeque<>();
    private List<Pending> pending = new ArrayList<>();
    private long bytes;
    private long nextNumber;
    private int quarantined;
    private @Nullable SpoolSegment active;
    private @Nullable SpoolSegment writing;
    private boolean closed;

    private record Pending(ByteBuffer frame, int reports, CompletableFuture<Boolean> durable) {}

    /**
     * Some of the oldest reports.
     *
     * @param end how far the segment has come once Kafka has them
     */
    record Batch(
            SpoolSegment segment, List<UsageReport> reports, int end, @Nullable String damage) {}

    /**
     * @param bytes on disk, waiting for Kafka
     * @param reports likewise
     * @param quarantinedFiles that could not be read wholly and wait for an operator
     */
    public record Fill(long bytes, long maxBytes, long reports, int quarantinedFiles) {}

    private UsageSpool(Path folder, long maxBytes, FileChannel lockFile) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.lockFile = lockFile;
        this.writer = Thread.ofPlatform().name("usage-spool-writer").unstarted(this::write);
    }

    /**
     * Takes the folder for this process, with what an earlier run has left in it.
     *
     * @throws IOException where it cannot be used, or another instance has it
     */
    public static UsageSpool open(Path folder, long maxBytes) throws IOException {
        Files.createDirectories(folder);
        FileChannel lockFile =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (!locked(lockFile)) {
            lockFile.close();
            throw new IOException(folder + " is the usage spool of another instance that runs");
        }
        UsageSpool spool = new UsageSpool(folder, maxBytes, lockFile);
        spool.takeOver();
        spool.writer.start();
        return spool;
    }

    private static boolean locked(FileChannel lockFile) throws IOException {
        try {
            FileLock lock = lockFile.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private void takeOver() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith(CORRUPT)) {
                quarantined++;
            }
            if (name.endsWith(SUFFIX)) {
                SpoolSegment segment = SpoolSegment.open(file);
                segments.add(segment);
                bytes += segment.durableBytes();
            }
            if (name.endsWith(SUFFIX) || name.endsWith(CORRUPT)) {
                nextNumber = Math.max(nextNumber, numberOf(file) + 1);
            }
        }
        removeForwarded();
        if (!segments.isEmpty()) {
            LOG.info("{} spooled usage reports wait for Kafka", fill().reports());
        }
        if (quarantined > 0) {
            LOG.error("{} damaged usage files wait for an operator in {}", quarantined, folder);
        }
    }

    private static long numberOf(Path file) throws IOException {
        String name = file.getFileName().toString();
        try {
            return Long.parseLong(name, 0, name.indexOf(SUFFIX), 10);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IOException(file + " is no file of a usage spool", e);
        }
    }

    /** Returns when the disk has the reports. */
    void append(List<UsageReport> reports) throws UsageNotRecorded, InterruptedException {
        Pending mine =
                new Pending(SpoolFrame.write(reports), reports.size(), new CompletableFuture<>());
        int length = mine.frame.remaining();
        lock.lock();
        try {
            if (closed) {
                throw new UsageNotRecorded("This instance is going down.");
            }
            if (bytes + length > maxBytes) {
                throw new UsageNotRecorded("Kafka is away and the usage spool is full.");
            }
            bytes += length;
            pending.add(mine);
            pendingCame.signal();
        } finally {
            lock.unlock();
        }
        try {
            mine.durable.get();
        } catch (ExecutionException e) {
            throw new UsageNotRecorded("Kafka is away and the usage spool cannot be written.", e);
        }
    }

    private void write() {
        for (List<Pending> group = nextGroup(); !group.isEmpty(); group = nextGroup()) {
            int length = group.stream().mapToInt(each -> each.frame.remaining()).sum();
            try {
                SpoolSegment segment = segmentToWrite();
                segment.append(group.stream().map(Pending::frame).toList());
                wrote(segment, length, group.stream().mapToInt(Pending::reports).sum());
                group.forEach(each -> each.durable.complete(true));
            } catch (IOException | RuntimeException e) {
                LOG.error("the usage spool cannot be written", e);
                failed(length);
                group.forEach(each -> each.durable.completeExceptionally(e));
            }
        }
    }

    /** Waits for frames; none when the spool is closed and all are written. */
    private List<Pending> nextGroup() {
        lock.lock();
        try {
            while (pending.isEmpty() && !closed) {
                pendingCame.awaitUninterruptibly();
            }
            List<Pending> group = pending;
            pending = new ArrayList<>();
            return group;
        } finally {
            lock.unlock();
        }
    }

    private SpoolSegment segmentToWrite() throws IOException {
        lock.lock();
        try {
            SpoolSegment segment = active;
            if (segment == null || segment.corrupt() || segment.durableBytes() >= SEGMENT_BYTES) {
                segment =
                        SpoolSegment.create(
                                folder.resolve(
                                        String.format(
                                                Locale.ROOT, "%019d%s", nextNumber++, SUFFIX)));
                segments.add(segment);
                active = segment;
            }
            writing = segment;
            return segment;
        } finally {
            lock.unlock();
        }
    }

    private void wrote(SpoolSegment segment, int length, int reports) {
        lock.lock();
        try {
            segment.wrote(length, reports);
            writing = null;
            durableCame.signal();
        } finally {
            lock.unlock();
        }
    }

    /** What the file has of the group is unknown: it is never written again. */
    private void failed(int length) {
        lock.lock();
        try {
            bytes -= length;
            active = null;
            writing = null;
            removeForwarded();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the oldest reports; null where there are none within the time.
     *
     * @param enough reports, which the last frame may exceed
     */
    @Nullable Batch next(int enough, long timeout, TimeUnit unit)
            throws IOException, InterruptedException {
        SpoolSegment oldest;
        int from;
        int durable;
        lock.lockInterruptibly();
        try {
            long nanos = unit.toNanos(timeout);
            while ((oldest = oldestWaiting()) == null) {
                if (nanos <= 0) {
                    return null;
                }
                nanos = durableCame.awaitNanos(nanos);
            }
            from = oldest.forwardedBytes();
            durable = oldest.durableBytes();
        } finally {
            lock.unlock();
        }
        return batch(oldest, from, SpoolSegment.read(oldest.path(), durable), enough);
    }

    private @Nullable SpoolSegment oldestWaiting() {
        for (SpoolSegment segment : segments) {
            if (!segment.forwarded()) {
                return segment;
            }
        }
        return null;
    }

    private static Batch batch(SpoolSegment segment, int from, byte[] file, int enough) {
        List<UsageReport> reports = new ArrayList<>();
        String damage = null;
        int place = from;
        while (place < file.length && reports.size() < enough) {
            switch (SpoolFrame.read(file, place)) {
                case SpoolFrame.Found.Whole(List<UsageReport> more, int end) -> {
                    reports.addAll(more);
                    place = end;
                }
                case SpoolFrame.Found.Torn _ -> place = file.length;
                case SpoolFrame.Found.Corrupt(String why, int end) -> {
                    damage = why;
                    place = end;
                }
            }
        }
        return new Batch(segment, reports, place, damage);
    }

    /** Kafka has all of the batch. */
    void forwarded(Batch batch) {
        lock.lock();
        try {
            if (batch.damage() != null) {
                LOG.error(
                        "acknowledged usage in {} cannot be read: {}",
                        batch.segment().path(),
                        batch.damage());
            }
            batch.segment().forwarded(batch.end(), batch.reports().size(), batch.damage() != null);
            removeForwarded();
        } finally {
            lock.unlock();
        }
    }

    /** A file that is being written now goes the next time. */
    private void removeForwarded() {
        segments.removeIf(segment -> {
            boolean done = segment.forwarded() && segment != writing;
            if (done) {
                remove(segment);
            }
            return done;
        });
    }

    private void remove(SpoolSegment segment) {
        if (segment == active) {
            active = null;
        }
        bytes -= segment.durableBytes();
        try {
            segment.close();
            if (segment.corrupt()) {
                quarantined++;
                Path aside = Path.of(segment.path() + CORRUPT);
                Files.move(segment.path(), aside);
                LOG.error("a damaged usage file waits for an operator: {}", aside);
            } else {
                Files.delete(segment.path());
            }
        } catch (IOException e) {
            // It is forwarded once more after a restart, which does no harm.
            LOG.error("cannot put away {}", segment.path(), e);
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return bytes == 0;
        } finally {
            lock.unlock();
        }
    }

    public Fill fill() {
        lock.lock();
        try {
            long reports = segments.stream().mapToLong(SpoolSegment::waitingReports).sum();
            return new Fill(bytes, maxBytes, reports, quarantined);
        } finally {
            lock.unlock();
        }
    }

    /** What is on disk stays there for the next start. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            pendingCame.signal();
        } finally {
            lock.unlock();
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SpoolSegment segment : segments) {
            segment.close();
        }
        lockFile.close();
    }
}
