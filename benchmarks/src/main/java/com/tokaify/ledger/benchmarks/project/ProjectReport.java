package com.tokaify.ledger.benchmarks.project;

import com.tokaify.ledger.benchmarks.Comparison;
import com.tokaify.ledger.benchmarks.Options;
import java.util.List;
import java.util.Locale;

/**
 * Everything a reader needs to judge the figures, as Markdown.
 *
 * @param command what takes them again
 * @param machine what they were taken on
 * @param projections of the views that were made
 */
record ProjectReport(
        String command,
        String machine,
        Options options,
        int events,
        int tokens,
        List<String> projections,
        Comparison comparison) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                """
                Taken by `%s` on %s.

                A backlog of %,d events of %,d tokens on Kafka, read by query-service into all its views (%s), from the first \
                events in them until they may be read; and by a consumer set up alike that writes each record down as it came, by COPY. \
                Each figure is the median of %d rounds, in turn, every time into an empty database. CPU µs: processor time of \
                everything, Kafka and PostgreSQL included, for each event.

                %s\
                """,
                command,
                machine,
                events,
                tokens,
                String.join(", ", projections),
                options.rounds(),
                comparison.table());
    }
}
