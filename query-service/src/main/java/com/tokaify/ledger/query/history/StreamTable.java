package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code event}, as it is read: stream by stream. */
final class StreamTable {
    private static final String COLUMNS =
            """
            SELECT recorded_at, partition, pseq, stream, sequence, type, actor_kind, actor_id, correlation_id, data FROM event
            """;

    /** Lets a search pass over consumption by its own index. The text is the index's. */
    private static final String CHANGES = "type <> 'com.tokaify.ledger.quota-consumed.v1'";

    private final JdbcClient jdbc;

    StreamTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The events between two sequences, both included, in their order. */
    List<RecordedEvent> between(StreamId stream, long first, long last) {
        return jdbc.sql(
                        COLUMNS
                                + """
                                WHERE stream = :stream AND sequence >= :first AND sequence <= :last
                                ORDER BY sequence
                                """)
                .param("stream", stream.uuid())
                .param("first", first)
                .param("last", last)
                .query(as(stream))
                .list();
    }

    /**
     * The sequence of the first event behind {@code after} that was recorded later than the
     * instant, among the next {@code atMost}.
     */
    Optional<Long> firstLaterThan(StreamId stream, long after, Instant instant, int atMost) {
        return jdbc.sql(
                        """
                        SELECT sequence FROM event
                        WHERE stream = :stream AND sequence > :after AND sequence <= :last AND recorded_at > :instant
                        ORDER BY sequence LIMIT 1
                        """)
                .param("stream", stream.uuid())
                .param("after", after)
                .param("last", after + atMost)
                .param("instant", Columns.timestamp(instant))
                .query(Long.class)
                .optional();
    }

    /** The last event of the stream; empty where there is none, or none is kept. */
    Optional<Long> last(StreamId stream) {
        return jdbc.sql(
                        "SELECT sequence FROM event WHERE stream = :stream ORDER BY sequence DESC LIMIT 1")
                .param("stream", stream.uuid())
                .query(Long.class)
                .optional();
    }

    /** The sequences of events of these types between two, both included, in either order. */
    List<Long> ofTypes(
            StreamId stream,
            Collection<EventType> types,
            long first,
            long last,
            boolean newestFirst,
            int limit) {
        return jdbc.sql(
                        """
                        SELECT sequence FROM event
                        WHERE stream = :stream AND sequence >= :first AND sequence <= :last
                              AND type = ANY (:types)%s
                        ORDER BY sequence %s LIMIT :limit
                        """
                                .formatted(passingOver(types), newestFirst ? "DESC" : "ASC"))
                .param("stream", stream.uuid())
                .param("first", first)
                .param("last", last)
                .param("types", texts(types))
                .param("limit", limit)
                .query((row, _) -> row.getLong("sequence"))
                .list();
    }

    /** The last events of these types, up to and with this sequence, newest first. */
    List<RecordedEvent> newest(
            StreamId stream, Collection<EventType> types, long sequence, int limit) {
        return jdbc.sql(
                        COLUMNS
                                + """
                                WHERE stream = :stream AND sequence <= :sequence AND type = ANY (:types)%s
                                ORDER BY sequence DESC LIMIT :limit
                                """
                                        .formatted(passingOver(types)))
                .param("stream", stream.uuid())
                .param("sequence", sequence)
                .param("types", texts(types))
                .param("limit", limit)
                .query(as(stream))
                .list();
    }

    /** The last usage of any token of the account, recorded up to and at the instant. */
    Optional<RecordedEvent> lastUsage(AccountId account, Instant instant) {
        return jdbc.sql(
                        COLUMNS
                                + """
                                WHERE account_id = :account AND recorded_at <= :instant AND type = :usage
                                ORDER BY recorded_at DESC, partition DESC, pseq DESC LIMIT 1
                                """)
                .param("account", account.uuid())
                .param("instant", Columns.timestamp(instant))
                .param("usage", EventType.QUOTA_CONSUMED.ceType())
                .query((row, _) ->
                        EventCodec.decode(
                                stored(new TokenId(row.getObject("stream", UUID.class)), row)))
                .optional();
    }

    private static String passingOver(Collection<EventType> types) {
        return types.contains(EventType.QUOTA_CONSUMED) ? "" : " AND " + CHANGES;
    }

    private static String[] texts(Collection<EventType> types) {
        return types.stream().map(EventType::ceType).toArray(String[]::new);
    }

    private static RowMapper<RecordedEvent> as(StreamId stream) {
        return (row, _) -> EventCodec.decode(stored(stream, row));
    }

    private static StoredEvent stored(StreamId stream, ResultSet row) throws SQLException {
        return new StoredEvent(
                new Position(row.getInt("partition"), row.getLong("pseq")),
                stream,
                row.getLong("sequence"),
                EventType.ofCeType(row.getString("type")),
                Columns.instant(row, "recorded_at"),
                Actor.parse(row.getString("actor_kind") + ":" + row.getString("actor_id")),
                row.getString("correlation_id"),
                row.getBytes("data"));
    }
}
