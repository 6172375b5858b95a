package com.tokaify.ledger.audit.check;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.source.EventSource;
import com.tokaify.ledger.audit.source.SourceFailed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * One reading of a ledger in which every event is shown to every check: as many partitions at once
 * as there are threads, each from its first event to its last.
 */
public final class Pass {
    private static final int PROGRESS_EVERY = 4_096;

    private final EventSource source;
    private final List<CheckFactory> checks;
    private final Findings findings;
    private final Progress progress;

    public Pass(
            EventSource source, List<CheckFactory> checks, Findings findings, Progress progress) {
        this.source = source;
        this.checks = List.copyOf(checks);
        this.findings = findings;
        this.progress = progress;
    }

    /**
     * Runs to the end of every partition.
     *
     * @return how many events there were
     * @throws SourceFailed where something could not be read to its end
     */
    public long run(int threads) {
        ExecutorService pool =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("audit-", 1).factory());
        try {
            List<Future<Long>> partitions = new ArrayList<>();
            IntStream.range(0, source.partitions())
                    .boxed()
                    // The longest first, so that none is left over for one thread at the end.
                    .sorted(Comparator.comparingLong((Integer each) -> -source.end(each)))
                    .forEach(each -> partitions.add(pool.submit(() -> read(each))));
            long events = 0;
            for (Future<Long> partition : partitions) {
                events += partition.get();
            }
            return events;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceFailed("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private long read(int partition) {
        List<PartitionCheck> here =
                checks.stream().map(each -> each.of(partition, findings)).toList();
        Reading reading = new Reading(here.toArray(PartitionCheck[]::new));
        source.read(partition, 0, reading);
        here.forEach(PartitionCheck::end);
        progress.add(reading.events % PROGRESS_EVERY);
        return reading.events;
    }

    private final class Reading implements EventSource.Sink {
        private final PartitionCheck[] here;
        private long events;

        Reading(PartitionCheck[] here) {
            this.here = here;
        }

        @Override
        public void accept(LoggedEvent event) {
            for (PartitionCheck check : here) {
                check.see(event);
            }
            events++;
            if (events % PROGRESS_EVERY == 0) {
                progress.add(PROGRESS_EVERY);
            }
        }
    }
}
