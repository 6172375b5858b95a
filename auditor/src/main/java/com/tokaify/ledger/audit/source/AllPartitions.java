package com.tokaify.ledger.audit.source;

import com.tokaify.ledger.audit.report.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Reads a source from its beginning to its end, several partitions at a time. */
public final class AllPartitions {
    private static final int LOT = 4096;

    private AllPartitions() {}

    public static long events(EventSource source) {
        return IntStream.range(0, source.partitions()).mapToLong(source::end).sum();
    }

    /**
     * @param sinks takes the events of a partition, all from one thread
     * @throws SourceFailed where the source cannot be read to its end
     */
    public static void read(
            EventSource source, IntFunction<EventSource.Sink> sinks, Progress progress) {
        // The longest first, so that none is left over for one thread at the end.
        List<Integer> partitions =
                IntStream.range(0, source.partitions())
                        .boxed()
                        .sorted(
                                Comparator.comparingLong(
                                        (Integer partition) -> -source.end(partition)))
                        .toList();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(
                        source.readers(),
                        Thread.ofPlatform().name("audit-", 0).daemon().factory())) {
            List<Future<?>> reading = new ArrayList<>();
            for (int partition : partitions) {
                reading.add(
                        threads.submit(
                                () -> read(source, partition, sinks.apply(partition), progress)));
            }
            try {
                for (Future<?> each : reading) {
                    each.get();
                }
            } catch (ExecutionException e) {
                throw rethrown(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SourceFailed("interrupted while reading " + source.name(), e);
            } finally {
                // Where one has failed, those not begun need not begin.
                reading.forEach(each -> each.cancel(false));
            }
        }
    }

    private static void read(
            EventSource source, int partition, EventSource.Sink sink, Progress progress) {
        int[] seen = {0};
        source.read(
                partition,
                0,
                event -> {
                    sink.accept(event);
                    if (++seen[0] == LOT) {
                        seen[0] = 0;
                        progress.add(LOT);
                    }
                });
        progress.add(seen[0]);
    }

    private static RuntimeException rethrown(ExecutionException failed) {
        return switch (failed.getCause()) {
            case RuntimeException known -> known;
            case Error fatal -> throw fatal;
            case null, default -> new IllegalStateException(failed);
        };
    }
}
