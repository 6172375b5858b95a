package com.tokaify.ledger.benchmarks.export;

import com.tokaify.ledger.benchmarks.Comparison;
import com.tokaify.ledger.benchmarks.JvmMemory;
import com.tokaify.ledger.benchmarks.Options;
import java.util.Locale;

/**
 * Everything a reader needs to judge the figures, as Markdown.
 *
 * @param command what takes them again
 * @param machine what they were taken on
 * @param memory of the service after its exports
 */
record ExportReport(
        String command, String machine, Options options, Comparison comparison, JvmMemory memory) {
    private static final double MIB = 1 << 20;

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                """
                Taken by `%s` on %s.

                All %,d events of a month, exported by query-service over HTTP in their order, and by COPY of the same rows in \
                whatever order they lie. Each figure is the median of %d exports, in turn with the others, after one of each that \
                does not count. CPU µs: processor time of everything, PostgreSQL and the receiver included, for each event.

                %s
                Afterwards %.0f MiB of live heap in the whole service.
                """,
                command,
                machine,
                options.events(),
                options.rounds(),
                comparison.table(),
                memory.liveBytes() / MIB);
    }
}
