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
    private static final double PERCENT = 100;

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                """
                Taken by `%s` on %s.

                Durable consumptions of %,d tokens, %,d partitions; each figure is the median of %d windows of %.1f s, in turn \
                with the others, once all were warm, each after a checkpoint and %.1f s of load that does not count. Tokens are drawn by Zipf's law, or one of them takes %.0f %% of all \
                consumptions. CPU µs: processor time of everything the benchmark runs, callers included, for each \
                consumption. p50, p99 and p99.9 are of whole calls.

                In process, without HTTP and Kafka (each contestant with its callers in a JVM of its own):

                %s
                Over HTTP, and from Kafka in backlogs of %,d reports, with the relay running to a broker:

                %s
                Memory of command-service with %,d tokens known and %,d of them in use:

                %s\
                """,
                command,
                machine,
                options.tokens(),
                LedgerStore.PARTITIONS,
                options.rounds(),
                options.window().toMillis() / MILLIS_PER_SECOND,
                options.settle().toMillis() / MILLIS_PER_SECOND,
                PERCENT * Skew.HOT_SHARE,
                inProcess.table(),
                options.backlog(),
                overHttp.comparison().table(),
                options.tokens(),
                overHttp.activeTokens(),
                memory(overHttp.memory()));
    }

    private static Table memory(JvmMemory memory) {
        Table table = new Table(List.of("process", "resident MiB", "live heap MiB"));
        table.row(
                List.of(
                        memory.name(),
                        memory.residentBytes().isPresent()
                                ? mebibytes(memory.residentBytes().getAsLong())
                                : "unknown",
                        mebibytes(memory.liveBytes())));
        return table;
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f", bytes / MIB);
    }
}
