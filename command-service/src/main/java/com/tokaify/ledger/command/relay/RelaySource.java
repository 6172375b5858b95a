package com.tokaify.ledger.command.relay;

import com.tokaify.ledger.command.store.EventTable;
import com.tokaify.ledger.command.store.TraceTable;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.kafka.TraceParent;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What the relay asks of the event store, over one connection of the role {@code ledger_relay}. */
final class RelaySource {
    private static final int ROWS_PER_PARTITION = 1_000;

    private static final String HEADS = "select partition, pseq from ledger.partition_head";

    private static final String NEXT =
            "select "
                    + EventTable.COLUMNS
                    + """

                     from unnest(?::smallint[], ?::bigint[]) as w (part, after)
                    cross join lateral (
                        select * from ledger.event e
                        where e.partition = w.part and e.pseq > w.after
                        order by e.pseq limit ?
                    ) e
                    order by partition, pseq
                    """;

    private static final String AT =
            "select "
                    + EventTable.COLUMNS
                    + " from ledger.event e join unnest(?::smallint[], ?::bigint[]) as w (part, at)"
                    + " on e.partition = w.part and e.pseq = w.at";

    /**
     * Held as long as the connection lives; a nicety against two relays fencing each other in turn.
     */
    private static final String LEAD = "select pg_try_advisory_lock(hashtext('ledger relay'), 0)";

    private final JdbcClient jdbc;

    RelaySource(Connection connection) {
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    boolean lead() {
        return jdbc.sql(LEAD).query(Boolean.class).single();
    }

    /** The last position given out in each partition. */
    Map<Integer, Long> heads() {
        Map<Integer, Long> heads = new HashMap<>();
        RowCallbackHandler each = row -> heads.put(row.getInt(1), row.getLong(2));
        jdbc.sql(HEADS).query(each);
        return heads;
    }

    /**
     * The events that follow the given positions, in order within each partition, at most a bounded
     * number of each.
     */
    List<StoredEvent> next(Map<Integer, Long> after) {
        return jdbc.sql(NEXT)
                .param(after.keySet().toArray(Integer[]::new))
                .param(after.values().toArray(Long[]::new))
                .param(ROWS_PER_PARTITION)
                .query((row, _) -> EventTable.read(row))
                .list();
    }

    /** Where in a trace those of the events came about that are traced. */
    Map<Position, TraceParent> traces(Map<Integer, Long> after) {
        return TraceTable.next(jdbc, after, ROWS_PER_PARTITION);
    }

    /** The ids of the events that stand at the given positions. */
    Map<Position, String> idsAt(Collection<Position> positions) {
        Map<Position, String> ids = new HashMap<>();
        RowCallbackHandler each =
                row -> {
                    StoredEvent event = EventTable.read(row);
                    ids.put(event.position(), event.id());
                };
        jdbc.sql(AT)
                .param(positions.stream().map(Position::partition).toArray(Integer[]::new))
                .param(positions.stream().map(Position::pseq).toArray(Long[]::new))
                .query(each);
        return ids;
    }
}
