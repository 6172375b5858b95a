package com.tokaify.ledger.benchmarks.audit;

import com.tokaify.ledger.benchmarks.Comparison;
import com.tokaify.ledger.benchmarks.Options;
import com.tokaify.ledger.benchmarks.Table;
import java.util.List;
import java.util.Locale;

/**
 * Everything a reader needs to judge the figures, as Markdown.
 *
 * @param command what takes them again
 * @param machine what they were taken on
 * @param storeReaders partitions that are read at a time, by the auditor and by the floor
 * @param kafkaReaders the same of Kafka
 */
record AuditReport(
        String command,
        String machine,
        Options options,
        int events,
        int tokens,
        int storeReaders,
        int kafkaReaders,
        Comparison store,
        Comparison kafka,
        List<WholeLedger.Done> whole) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                """
                Taken by `%s` on %s.

                The same %,d events of %,d tokens in the event store and on Kafka, each read from the first to the last, the store by %d and Kafka by %d readers at a time: by the \
                auditor, which folds them, checks all books and adds up what they come to; and by readers with the same statements and \
                settings that throw away what they get. Each figure is the median of %d rounds, in turn, after one that does not count. CPU µs: \
                processor time of everything, PostgreSQL and Kafka included, for each event. Both replays came to the same digest.

                %s
                %s
                Once, of the same events:

                %s\
                """,
                command,
                machine,
                events,
                tokens,
                storeReaders,
                kafkaReaders,
                options.rounds(),
                store.table(),
                kafka.table(),
                wholeTable());
    }

    private Table wholeTable() {
        Table table = new Table(List.of("what", "events", "seconds", "per second", "CPU µs"));
        for (WholeLedger.Done each : whole) {
            table.row(
                    List.of(
                            each.what(),
                            String.format(Locale.ROOT, "%,d", each.events()),
                            String.format(Locale.ROOT, "%.1f", each.seconds()),
                            String.format(Locale.ROOT, "%,.0f", each.perSecond()),
                            String.format(Locale.ROOT, "%.1f", each.cpuMicrosEach())));
        }
        return table;
    }
}
