package com.tokaify.ledger.query.seal;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.sql.Columns;
import com.tokaify.ledger.seals.EntryBuffer;
import com.tokaify.ledger.seals.Hash;
import com.tokaify.ledger.seals.Nodes;
import com.tokaify.ledger.seals.RawEvent;
import com.tokaify.ledger.seals.TilePath;
import com.tokaify.ledger.seals.Tiles;
import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The entries of the log, made again from the events of the view and the leaves before them. Any
 * number of threads.
 */
final class Entries {
    private static final String EVENTS =
            """
            SELECT e.recorded_at, e.partition, e.pseq, e.stream, e.stream_kind, e.sequence, e.type, e.actor_kind,
                   e.actor_id, e.correlation_id, e.data, before.partition AS before_partition, before.pseq AS before_pseq
            FROM event e LEFT JOIN event before ON before.stream = e.stream AND before.sequence = e.sequence - 1
            WHERE e.partition = :partition AND e.pseq >= :first AND e.pseq < :end
            ORDER BY e.pseq
            """;

    private final SealedLog log;
    private final JdbcClient jdbc;

    Entries(SealedLog log, JdbcClient jdbc) {
        this.log = log;
        this.jdbc = jdbc;
    }

    /**
     * A bundle of entries, each behind its length in two bytes; empty where they are not all
     * sealed, or not all in the view (any more, or yet).
     */
    Optional<byte[]> bundle(TilePath path) {
        if (log.tile(0, path).isEmpty()) {
            return Optional.empty();
        }
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        EntryBuffer buffer = new EntryBuffer();
        Nodes leaves = Tiles.nodes(log.tiles());
        int entries = 0;
        for (SealedLog.Run run : log.runs(path.index() * TilePath.WHOLE, path.width())) {
            for (Chained each : events(run)) {
                if (each.event.sequence() > 0 && each.before == null) {
                    return Optional.empty();
                }
                byte[] entry = buffer.entry(RawEvent.of(each.event), leaf(each.before, leaves));
                bundle.write(entry.length >> 8);
                bundle.write(entry.length);
                bundle.writeBytes(entry);
                entries++;
            }
        }
        return entries == path.width() ? Optional.of(bundle.toByteArray()) : Optional.empty();
    }

    private @Nullable Hash leaf(@Nullable Position position, Nodes leaves) {
        return position == null ? null : leaves.node(0, log.leafAt(position).orElseThrow());
    }

    /** An event, and where the one before it in its stream is. */
    private record Chained(StoredEvent event, @Nullable Position before) {}

    private Iterable<Chained> events(SealedLog.Run run) {
        return jdbc.sql(EVENTS)
                .param("partition", run.partition())
                .param("first", run.firstPseq())
                .param("end", run.firstPseq() + run.count())
                .query((row, _) -> chained(row))
                .list();
    }

    private static Chained chained(ResultSet row) throws SQLException {
        StoredEvent event =
                new StoredEvent(
                        new Position(row.getInt("partition"), row.getLong("pseq")),
                        stream(row.getObject("stream", UUID.class), row.getShort("stream_kind")),
                        row.getLong("sequence"),
                        EventType.ofCeType(row.getString("type")),
                        Columns.instant(row, "recorded_at"),
                        Actor.parse(row.getString("actor_kind") + ":" + row.getString("actor_id")),
                        row.getString("correlation_id"),
                        row.getBytes("data"));
        long before = row.getLong("before_pseq");
        return new Chained(
                event, row.wasNull() ? null : new Position(row.getInt("before_partition"), before));
    }

    private static StreamId stream(UUID uuid, short kind) {
        return switch (kind) {
            case 0 -> new TokenId(uuid);
            case 1 -> new AccountId(uuid);
            case 2 -> CatalogId.CATALOG;
            default -> throw new IllegalStateException("the table event has a stream_kind " + kind);
        };
    }
}
