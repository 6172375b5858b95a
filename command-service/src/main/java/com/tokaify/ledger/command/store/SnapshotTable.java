package com.tokaify.ledger.command.store;

import com.tokaify.ledger.command.decision.StreamSnapshot;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code ledger.snapshot}: what a stream had become, so that loading it replays a bounded number of
 * events however long it is. Written in the transaction of the events it ends with, so it is never
 * ahead of them.
 */
public final class SnapshotTable {
    private static final String FIND =
            """
            select sequence, settings_sequence, format, state from ledger.snapshot
            where stream = ? and format = ?
            """;

    private static final String FIND_MANY =
            """
            select stream, sequence, settings_sequence, format, state from ledger.snapshot
            where stream = any(?) and format = ?
            """;

    /** An older one never replaces a newer one, nor one that only newer software understands. */
    private static final String SAVE =
            """
            insert into ledger.snapshot (stream, sequence, settings_sequence, format, state)
            values (?, ?, ?, ?, ?)
            on conflict (stream) do update set
                sequence = excluded.sequence,
                settings_sequence = excluded.settings_sequence,
                format = excluded.format,
                state = excluded.state
            where snapshot.sequence < excluded.sequence and snapshot.format <= excluded.format
            """;

    private final JdbcClient jdbc;

    public SnapshotTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The snapshot of a stream; empty where there is none its reader understands. */
    public Optional<StreamSnapshot> find(StreamId stream, short format) {
        return jdbc.sql(FIND)
                .param(stream.uuid())
                .param(format)
                .query((row, _) -> read(row))
                .optional();
    }

    /** The snapshots of many tokens; those without one its reader understands are absent. */
    public Map<TokenId, StreamSnapshot> find(Collection<TokenId> tokens, short format) {
        Map<TokenId, StreamSnapshot> found = new HashMap<>();
        RowCallbackHandler each =
                row -> found.put(new TokenId(row.getObject("stream", UUID.class)), read(row));
        jdbc.sql(FIND_MANY)
                .param(tokens.stream().map(TokenId::uuid).toArray(UUID[]::new))
                .param(format)
                .query(each);
        return found;
    }

    private static StreamSnapshot read(ResultSet row) throws SQLException {
        return new StreamSnapshot(
                row.getLong("sequence"),
                row.getLong("settings_sequence"),
                row.getShort("format"),
                row.getBytes("state"));
    }

    public static SideWrite save(StreamId stream, StreamSnapshot snapshot) {
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
                statement.setObject(1, stream.uuid());
                statement.setLong(2, snapshot.sequence());
                statement.setLong(3, snapshot.settingsSequence());
                statement.setShort(4, snapshot.format());
                statement.setBytes(5, snapshot.state());
                statement.executeUpdate();
            }
        };
    }
}
