package com.tokaify.ledger.command.idempotency;

import com.tokaify.ledger.command.store.SideWrite;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ledger.idempotency}. */
final class IdempotencyTable {
    private static final String FIND =
            "select fingerprint, stream, sequence, answer from ledger.idempotency where key = ?";

    private static final String KEEP =
            """
            insert into ledger.idempotency (key, fingerprint, stream, sequence, answer, kept_at)
            values (?, ?, ?, ?, ?, ?)
            on conflict (key) do nothing
            """;

    /** In portions, so that no transaction is long. */
    private static final String FORGET =
            """
            delete from ledger.idempotency where key in
                (select key from ledger.idempotency where kept_at < ? order by kept_at limit 5000)
            """;

    private final JdbcClient jdbc;

    IdempotencyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Another request came first with the same key. */
    static final class KeyTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private KeyTaken() {
            super("the Idempotency-Key was used a moment ago");
        }
    }

    Optional<KeptAnswer> find(UUID key) {
        return jdbc.sql(FIND)
                .param(key)
                .query((row, _) ->
                        new KeptAnswer(
                                row.getBytes("fingerprint"),
                                row.getObject("stream", UUID.class),
                                row.getObject("sequence", Long.class),
                                row.getBytes("answer")))
                .optional();
    }

    /** Keeps an answer, or throws {@link KeyTaken} and with it undoes the transaction. */
    static SideWrite keep(UUID key, KeptAnswer kept, Instant at) {
        return connection -> {
            if (!insert(connection, key, kept, at)) {
                throw new KeyTaken();
            }
        };
    }

    /** Keeps that a key was used; nothing where it was used before. */
    void claim(UUID key, byte[] fingerprint, Instant at) {
        jdbc.sql(KEEP)
                .param(key)
                .param(fingerprint)
                .param((Object) null)
                .param((Object) null)
                .param((Object) null)
                .param(at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Forgets some of what was kept before an instant, and says how many. */
    int forget(Instant before) {
        return jdbc.sql(FORGET).param(before.atOffset(ZoneOffset.UTC)).update();
    }

    private static boolean insert(Connection connection, UUID key, KeptAnswer kept, Instant at)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            statement.setObject(1, key);
            statement.setBytes(2, kept.fingerprint());
            statement.setObject(3, kept.stream());
            statement.setObject(4, kept.sequence());
            statement.setBytes(5, kept.answer());
            statement.setObject(6, at.atOffset(ZoneOffset.UTC));
            return statement.executeUpdate() == 1;
        }
    }
}
