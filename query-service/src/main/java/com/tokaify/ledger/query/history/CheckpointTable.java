package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.ObjectReader;

/**
 * The table {@code history_checkpoint}: what a stream has come to, now and then. A field that the
 * states gain makes checkpoints of before unreadable, loudly; then the view is to be rebuilt.
 */
final class CheckpointTable {
    private static final ObjectReader TOKENS = StrictJson.MAPPER.readerFor(TokenFold.class);
    private static final ObjectReader ACCOUNTS = StrictJson.MAPPER.readerFor(AccountFold.class);

    private final JdbcClient jdbc;

    CheckpointTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void save(StreamId stream, Fold fold) {
        jdbc.sql(
                        """
                        INSERT INTO history_checkpoint (stream, sequence, effective_at, state)
                        VALUES (:stream, :sequence, :effectiveAt, :state)
                        ON CONFLICT (stream, sequence) DO NOTHING
                        """)
                .param("stream", stream.uuid())
                .param("sequence", fold.sequence())
                .param("effectiveAt", Columns.timestamp(fold.effectiveAt()))
                .param("state", StrictJson.MAPPER.writeValueAsBytes(fold))
                .update();
    }

    /** The last one that has no event behind this one. */
    Optional<Fold> upTo(StreamId stream, long sequence) {
        return jdbc.sql(
                        """
                        SELECT state FROM history_checkpoint
                        WHERE stream = :stream AND sequence <= :sequence
                        ORDER BY sequence DESC LIMIT 1
                        """)
                .param("stream", stream.uuid())
                .param("sequence", sequence)
                .query(as(stream))
                .optional();
    }

    /** The last one that was in effect at the instant. */
    Optional<Fold> upTo(StreamId stream, Instant instant) {
        return jdbc.sql(
                        """
                        SELECT state FROM history_checkpoint
                        WHERE stream = :stream AND effective_at <= :instant
                        ORDER BY effective_at DESC, sequence DESC LIMIT 1
                        """)
                .param("stream", stream.uuid())
                .param("instant", Columns.timestamp(instant))
                .query(as(stream))
                .optional();
    }

    /** The first there is. */
    Optional<Fold> first(StreamId stream) {
        return jdbc.sql(
                        """
                        SELECT state FROM history_checkpoint WHERE stream = :stream ORDER BY sequence LIMIT 1
                        """)
                .param("stream", stream.uuid())
                .query(as(stream))
                .optional();
    }

    /** Those before the sequence; nothing can be folded from them once their events are gone. */
    void deleteBefore(StreamId stream, long sequence) {
        jdbc.sql(
                        """
                        DELETE FROM history_checkpoint WHERE stream = :stream AND sequence < :sequence
                        """)
                .param("stream", stream.uuid())
                .param("sequence", sequence)
                .update();
    }

    private static RowMapper<Fold> as(StreamId stream) {
        return (row, _) ->
                switch (stream) {
                    case TokenId _ -> read(row, stream, TOKENS, TokenFold.class);
                    case AccountId _ -> read(row, stream, ACCOUNTS, AccountFold.class);
                    case CatalogId _ ->
                            throw new IllegalArgumentException("the catalog has no checkpoints");
                };
    }

    private static <F extends Fold> F read(
            ResultSet row, StreamId stream, ObjectReader reader, Class<F> type)
            throws SQLException {
        return StrictJson.read(reader, type, row.getBytes("state"), "a checkpoint of " + stream);
    }
}
