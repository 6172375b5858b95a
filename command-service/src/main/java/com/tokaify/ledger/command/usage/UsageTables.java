package com.tokaify.ledger.command.usage;

import com.tokaify.ledger.command.store.SideWrite;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code ledger.usage_offset} and {@code ledger.unbooked_usage}, written in the transaction of the
 * events.
 */
final class UsageTables {
    private static final String OFFSETS = "select partition, next_offset from ledger.usage_offset";

    /**
     * Only from where this instance has read: another instance that has taken over is not
     * overwritten.
     */
    private static final String ADVANCE =
            "update ledger.usage_offset set next_offset = ? where partition = ? and next_offset = ?";

    private static final String KEEP =
            """
            insert into ledger.unbooked_usage (partition, kafka_offset, token, reason, record, noticed_at)
            values (?, ?, ?, ?, ?, ?)
            """;

    private final JdbcClient jdbc;

    UsageTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where each partition goes on. */
    Map<Integer, Long> offsets() {
        Map<Integer, Long> offsets = new HashMap<>();
        RowCallbackHandler each = row -> offsets.put(row.getInt(1), row.getLong(2));
        jdbc.sql(OFFSETS).query(each);
        return offsets;
    }

    static SideWrite advance(int partition, long from, long to) {
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
                statement.setLong(1, to);
                statement.setInt(2, partition);
                statement.setLong(3, from);
                if (statement.executeUpdate() != 1) {
                    throw new IllegalStateException(
                            "another instance has taken over the usage of partition " + partition);
                }
            }
        };
    }

    /** Keeps a report that cannot be booked for an operator. */
    static SideWrite keepUnbooked(
            int partition,
            long offset,
            @Nullable String token,
            String reason,
            byte @Nullable [] record,
            Instant at) {
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
                statement.setInt(1, partition);
                statement.setLong(2, offset);
                statement.setString(3, token);
                statement.setString(4, reason);
                statement.setBytes(5, record);
                statement.setObject(6, at.atOffset(ZoneOffset.UTC));
                statement.executeUpdate();
            }
        };
    }
}
