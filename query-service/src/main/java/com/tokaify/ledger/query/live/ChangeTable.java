package com.tokaify.ledger.query.live;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.query.audit.AuditRow;
import com.tokaify.ledger.query.audit.AuditTable;
import com.tokaify.ledger.query.sql.Columns;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code event} as listeners read it: partition by partition from one mark to another. Of
 * what a token consumes between two marks only the last event is read; it tells the total.
 */
final class ChangeTable implements Changes {
    private static final String SPANS =
            "unnest(:partitions, :afters, :upTos) AS span (span_partition, after_pseq, up_to_pseq)";
    private static final String IN_SPAN =
            "event.partition = span_partition AND event.pseq > after_pseq AND event.pseq <= up_to_pseq";

    private final JdbcClient jdbc;

    ChangeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<AuditRow> between(Mark after, Mark upTo, @Nullable Collection<AccountId> accounts) {
        Spans spans = Spans.between(after, upTo);
        String scope =
                accounts == null
                        ? ""
                        : " AND (account_id IS NULL OR account_id = ANY (CAST(:accounts AS uuid[])))";
        String sql =
                """
                SELECT %1$s FROM %2$s CROSS JOIN LATERAL (
                    SELECT %1$s FROM event WHERE %3$s%4$s AND %5$s
                    UNION ALL
                    (SELECT DISTINCT ON (stream) %1$s FROM event
                     WHERE %3$s%4$s AND NOT (%5$s)
                     ORDER BY stream, pseq DESC)
                ) AS changes
                ORDER BY partition, pseq
                """
                        .formatted(
                                AuditTable.COLUMNS,
                                SPANS,
                                IN_SPAN,
                                scope,
                                AuditTable.NO_CONSUMPTION);
        JdbcClient.StatementSpec statement = spans.into(jdbc.sql(sql));
        if (accounts != null) {
            statement = statement.param("accounts", Columns.texts(accounts, AccountId::uuid));
        }
        return statement.query((row, _) -> AuditTable.row(row)).list();
    }

    @Override
    public boolean areWhole(Mark after, Mark upTo) {
        Spans spans = Spans.between(after, upTo);
        String sql = "SELECT count(*) FROM " + SPANS + " JOIN event ON " + IN_SPAN;
        return spans.into(jdbc.sql(sql)).query(Long.class).single() == after.eventsTo(upTo);
    }

    /**
     * The partitions between two marks in which there is anything.
     *
     * @param moved the partitions
     */
    private record Spans(List<Integer> moved, Mark after, Mark upTo) {

        private static Spans between(Mark after, Mark upTo) {
            return new Spans(
                    IntStream.range(0, after.partitions())
                            .filter(partition -> after.pseq(partition) < upTo.pseq(partition))
                            .boxed()
                            .toList(),
                    after,
                    upTo);
        }

        private JdbcClient.StatementSpec into(JdbcClient.StatementSpec statement) {
            return statement
                    .param("partitions", moved.toArray(Integer[]::new))
                    .param("afters", moved.stream().map(after::pseq).toArray(Long[]::new))
                    .param("upTos", moved.stream().map(upTo::pseq).toArray(Long[]::new));
        }
    }
}
