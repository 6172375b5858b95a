package com.tokaify.ledger.command.store;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.kafka.TraceParent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code ledger.trace}: where in a trace events came about, of those that are traced. Written in
 * their transaction, since whoever relays them may be another instance.
 */
public final class TraceTable {
    private static final String ADD =
            """
            insert into ledger.trace (partition, pseq, parent)
            select * from unnest(?::smallint[], ?::bigint[], ?::text[])
            """;

    /** Positions are dense, so the next so many events of a partition are in such a range. */
    private static final String NEXT =
            """
            select t.partition, t.pseq, t.parent
            from unnest(?::smallint[], ?::bigint[]) as w (part, after)
            join ledger.trace t
                on t.partition = w.part and t.pseq > w.after and t.pseq <= w.after + ?
            """;

    private TraceTable() {}

    /** Adds those of the events that are traced; hardly ever any. */
    static void add(Connection connection, List<NewEvent> events, long[] pseqs)
            throws SQLException {
        List<Integer> traced = new ArrayList<>(0);
        for (int i = 0; i < pseqs.length; i++) {
            if (events.get(i).trace() != null) {
                traced.add(i);
            }
        }
        if (traced.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "smallint",
                            traced.stream().map(i -> events.get(i).partition()).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint", traced.stream().map(i -> pseqs[i]).toArray()));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "text",
                            traced.stream()
                                    .map(i -> String.valueOf(events.get(i).trace()))
                                    .toArray()));
            statement.executeUpdate();
        }
    }

    /**
     * Those of the next events of some partitions.
     *
     * @param after by partition, the position behind which the next events stand
     * @param atMost so many events of each partition
     */
    public static Map<Position, TraceParent> next(
            JdbcClient jdbc, Map<Integer, Long> after, int atMost) {
        Map<Position, TraceParent> traces = new HashMap<>();
        RowCallbackHandler each =
                row -> {
                    Position position = new Position(row.getInt(1), row.getLong(2));
                    TraceParent.parse(row.getString(3))
                            .ifPresent(trace -> traces.put(position, trace));
                };
        jdbc.sql(NEXT)
                .param(after.keySet().toArray(Integer[]::new))
                .param(after.values().toArray(Long[]::new))
                .param(atMost)
                .query(each);
        return traces;
    }
}
