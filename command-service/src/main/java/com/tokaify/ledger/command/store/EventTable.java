package com.tokaify.ledger.command.store;

import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads {@code ledger.event}. Writing is the {@link Committer}'s. */
public final class EventTable {
    /** The columns {@link #read} needs, in any query over the table. */
    public static final String COLUMNS =
            "partition, pseq, stream, sequence, type, recorded_at, actor, correlation_id, payload";

    private static final String STREAM =
            "select "
                    + COLUMNS
                    + " from ledger.event where stream = ? and sequence >= ? order by sequence";
    private static final String STREAMS =
            "select "
                    + COLUMNS
                    + """

                     from unnest(?, ?) as w (id, since)
                    cross join lateral (
                        select * from ledger.event e
                        where e.stream = w.id and e.sequence >= w.since
                        order by e.sequence
                    ) e
                    """;

    private static final String ONCE =
            "select once_key, " + COLUMNS + " from ledger.event where once_key = any(?)";

    private static final String AT =
            "select exists (select from ledger.event where partition = ? and pseq = ?)";

    private static final String EVENT =
            "select " + COLUMNS + " from ledger.event where stream = ? and sequence = ?";

    private static final String PLACE =
            "select partition, pseq from ledger.event where stream = ? and sequence = ?";

    private static final String ENDS =
            """
            select s.stream, e.sequence, e.partition, e.pseq
            from unnest(?) as s (stream)
            cross join lateral (
                select sequence, partition, pseq from ledger.event
                where stream = s.stream
                order by sequence desc limit 1
            ) e
            """;

    private final JdbcClient jdbc;

    public EventTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A stream's events from a place in it on, in order. */
    public List<StoredEvent> stream(StreamId stream, long fromSequence) {
        return jdbc.sql(STREAM)
                .param(stream.uuid())
                .param(fromSequence)
                .query((row, _) -> read(row))
                .list();
    }

    /**
     * The events of many tokens, each from a place in its stream on, in order; tokens without any
     * are absent.
     */
    public Map<TokenId, List<StoredEvent>> streams(Map<TokenId, Long> fromSequence) {
        Map<TokenId, List<StoredEvent>> found = new HashMap<>();
        RowCallbackHandler each =
                row -> {
                    StoredEvent event = read(row);
                    found.computeIfAbsent((TokenId) event.stream(), _ -> new ArrayList<>())
                            .add(event);
                };
        jdbc.sql(STREAMS)
                .param(fromSequence.keySet().stream().map(TokenId::uuid).toArray(UUID[]::new))
                .param(fromSequence.values().toArray(Long[]::new))
                .query(each);
        return found;
    }

    /** Those of the once-only facts that are recorded already. */
    public Map<OnceKey, Recorded> recorded(Collection<OnceKey> keys) {
        Map<OnceKey, Recorded> found = new HashMap<>();
        RowCallbackHandler each =
                row ->
                        found.put(
                                new OnceKey(row.getObject("once_key", UUID.class)),
                                recorded(read(row)));
        jdbc.sql(ONCE).param(keys.stream().map(OnceKey::value).toArray(UUID[]::new)).query(each);
        return found;
    }

    private static Recorded recorded(StoredEvent stored) {
        return new Recorded(
                stored.position(),
                new RecordedFact(
                        stored.stream(), stored.sequence(), EventCodec.decode(stored).event()));
    }

    /** A stream's event at a place in it; empty where it does not reach so far. */
    public Optional<StoredEvent> at(StreamId stream, long sequence) {
        return jdbc.sql(EVENT)
                .param(stream.uuid())
                .param(sequence)
                .query((row, _) -> read(row))
                .optional();
    }

    /**
     * Where an event of a stream stands in the ledger.
     *
     * @throws EmptyResultDataAccessException where there is none
     */
    public Position position(UUID stream, long sequence) {
        return jdbc.sql(PLACE)
                .param(stream)
                .param(sequence)
                .query((row, _) -> new Position(row.getInt("partition"), row.getLong("pseq")))
                .single();
    }

    /** Where each of the streams ends at this moment; one without events is absent. */
    public Map<StreamId, StreamEnd> ends(Collection<StreamId> streams) {
        Map<UUID, StreamEnd> found = new HashMap<>();
        RowCallbackHandler each =
                row ->
                        found.put(
                                row.getObject("stream", UUID.class),
                                new StreamEnd(
                                        row.getLong("sequence"),
                                        new Position(
                                                row.getInt("partition"), row.getLong("pseq"))));
        jdbc.sql(ENDS).param(streams.stream().map(StreamId::uuid).toArray(UUID[]::new)).query(each);
        Map<StreamId, StreamEnd> ends = new HashMap<>();
        for (StreamId stream : streams) {
            StreamEnd end = found.get(stream.uuid());
            if (end != null) {
                ends.put(stream, end);
            }
        }
        return ends;
    }

    public boolean contains(Position position) {
        return jdbc.sql(AT)
                .param(position.partition())
                .param(position.pseq())
                .query(Boolean.class)
                .single();
    }

    /** The row at hand as an event. */
    public static StoredEvent read(ResultSet row) throws SQLException {
        EventType type = EventType.ofCode(row.getShort("type"));
        return new StoredEvent(
                new Position(row.getInt("partition"), row.getLong("pseq")),
                streamOf(type, row.getObject("stream", UUID.class)),
                row.getLong("sequence"),
                type,
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                Actor.parse(row.getString("actor")),
                row.getString("correlation_id"),
                row.getBytes("payload"));
    }

    private static StreamId streamOf(EventType type, UUID uuid) {
        return switch (type.family()) {
            case TOKEN -> new TokenId(uuid);
            case ACCOUNT -> new AccountId(uuid);
            case CATALOG -> CatalogId.CATALOG;
        };
    }
}
