package com.tokaify.ledger.benchmarks.read;

import com.tokaify.ledger.benchmarks.Comparison;
import com.tokaify.ledger.benchmarks.Options;
import java.util.Locale;

/**
 * Everything a reader needs to judge the figures, as Markdown.
 *
 * @param command what takes them again
 * @param machine what they were taken on
 * @param filled what there was to read
 */
record ReadReport(
        String command,
        String machine,
        Options options,
        ViewRows.Filled filled,
        Comparison comparison) {
    private static final double GIB = 1L << 30;
    private static final double MILLIS_PER_SECOND = 1_000;

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                """
                Taken by `%s` on %s.

                Query-service over HTTP, with %,d tokens of %,d accounts, %,d rows of history and %,d of usage in twelve months \
                (%.1f GiB, as its projections would have written them; no token has more than 999 events). Each figure is the \
                median of %d windows of %.1f s, in turn with the others, once all were warm; p50, p99 and p99.9 are of whole \
                calls, read to the last byte. The no-op is a server set up alike that looks up one row by its key. CPU µs: \
                processor time of everything, PostgreSQL and the callers included, for each answer.

                %s\
                """,
                command,
                machine,
                filled.tokens(),
                filled.accounts(),
                filled.events(),
                filled.usage(),
                filled.bytes() / GIB,
                options.rounds(),
                options.window().toMillis() / MILLIS_PER_SECOND,
                comparison.table());
    }
}
