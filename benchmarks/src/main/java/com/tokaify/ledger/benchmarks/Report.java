package com.tokaify.ledger.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * Everything a reader needs to judge the figures, as Markdown.
 *
 * @param command what takes them again
 * @param machine what they were taken on
 */
record Report(
        String command,
        String machine,
        Options options,
        Comparison inProcess,
        HttpPart.Outcome overHttp) {
    private static final double MIB = 1 << 20;
    private static final double MILLIS_PER_SECOND = 1_000;

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                """
                Taken by `%s` on %s.

                Durable strict consumptions of %,d tokens (Zipf), %,d partitions; each figure is the median of %d windows \
                of %.1f s, in turn with the others. × INSERT: against the floor with as many clients, or the fastest such \
                floor where none has as many; × COPY: against the COPY floor. CPU µs: processor time of everything the \
                benchmark runs, callers included, for each consumption. p50 and p99 are of whole calls.

                In process, without HTTP and Kafka (callers share the JVM with the product):

                %s
                Over HTTP, with the relay running to a broker:

                %s
                Memory after start on a ledger of %,d tokens:

                %s\
                """,
                command,
                machine,
                options.tokens(),
                LedgerStore.PARTITIONS,
                options.rounds(),
                options.window().toMillis() / MILLIS_PER_SECOND,
                inProcess.table(),
                overHttp.comparison().table(),
                options.tokens(),
                memory(overHttp.memories()));
    }

    private static Table memory(List<JvmMemory> memories) {
        Table table = new Table("process", "resident MiB", "live heap MiB");
        for (JvmMemory each : memories) {
            table.row(
                    each.name(),
                    each.residentBytes().isPresent()
                            ? mebibytes(each.residentBytes().getAsLong())
                            : "unknown",
                    mebibytes(each.liveBytes()));
        }
        return table;
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f", bytes / MIB);
    }
}
