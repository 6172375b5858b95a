package com.tokaify.ledger.command.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.service.sql.BinaryRows;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Rows of {@code ledger.event} for COPY, in a buffer that is reused. Not thread-safe. Public for
 * the benchmark, whose floor is the same rows without a ledger.
 */
public final class CopyBuffer {
    /** The statement this buffer's rows belong to; the order of columns is that of {@link #add}. */
    public static final String COPY =
            """
            copy ledger.event
                (pseq, recorded_at, sequence, stream, once_key, partition, type, actor, correlation_id, payload)
            from stdin (format binary)
            """;

    private static final int COLUMNS = 10;

    private final BinaryRows rows = new BinaryRows();

    /** Neighbouring rows mostly have the same actor. */
    private @Nullable Actor lastActor;

    private byte[] lastActorText = {};

    public void begin() {
        rows.begin();
    }

    public void add(long pseq, NewEvent event) {
        rows.beginRow(COLUMNS);
        rows.putLong(pseq);
        rows.putInstant(event.context().at());
        rows.putLong(event.sequence());
        rows.putUuid(event.stream().uuid());
        rows.putUuid(event.onceKey() == null ? null : event.onceKey().value());
        rows.putShort((short) event.partition());
        rows.putShort(event.type().code());
        rows.putBytes(text(event.context().actor()));
        rows.putBytes(event.context().requestId().getBytes(UTF_8));
        rows.putBytes(event.payload());
    }

    private byte[] text(Actor actor) {
        if (!actor.equals(lastActor)) {
            lastActor = actor;
            lastActorText = actor.toString().getBytes(UTF_8);
        }
        return lastActorText;
    }

    public void writeTo(CopyIn copy) throws SQLException {
        rows.end();
        copy.writeToCopy(rows.bytes(), 0, rows.length());
    }
}
