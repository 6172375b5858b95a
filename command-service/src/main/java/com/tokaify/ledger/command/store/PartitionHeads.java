package com.tokaify.ledger.command.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The counters behind dense positions. The update's row locks are held until the commit, so within
 * a partition the order of positions is the order of commits, without holes even after a rollback.
 */
final class PartitionHeads {
    /** Locks in the order of partitions, so that two writers cannot wait for each other. */
    private static final String ADVANCE =
            """
            with wanted as (
                select * from unnest(?::smallint[], ?::bigint[]) as w (partition, events)
            ), locked as (
                select h.partition from ledger.partition_head h join wanted using (partition)
                order by h.partition for update of h
            )
            update ledger.partition_head h set pseq = h.pseq + wanted.events
            from wanted join locked using (partition)
            where h.partition = wanted.partition
            returning h.partition, h.pseq - wanted.events
            """;

    private PartitionHeads() {}

    /** Positions that now belong to the transaction at hand. */
    static final class Grant {
        private final Map<Integer, Long> last = new HashMap<>();

        long next(int partition) {
            return last.merge(partition, 1L, Long::sum);
        }
    }

    static Grant advance(Connection connection, List<NewEvent> events) throws SQLException {
        Map<Integer, Long> wanted = new HashMap<>();
        events.forEach(event -> wanted.merge(event.partition(), 1L, Long::sum));
        Grant grant = new Grant();
        try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
            statement.setArray(1, connection.createArrayOf("smallint", wanted.keySet().toArray()));
            statement.setArray(2, connection.createArrayOf("bigint", wanted.values().toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    grant.last.put(rows.getInt(1), rows.getLong(2));
                }
            }
        }
        if (!grant.last.keySet().equals(wanted.keySet())) {
            throw new IllegalStateException(
                    "ledger.partition_head lacks some of the partitions " + wanted.keySet());
        }
        return grant;
    }
}
