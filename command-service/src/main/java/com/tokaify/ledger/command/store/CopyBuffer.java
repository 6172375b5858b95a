package com.tokaify.ledger.command.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.events.Actor;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Rows of {@code ledger.event} in PostgreSQL's binary COPY format, in a buffer that is reused. Not
 * thread-safe. Public for the benchmark, whose floor is the same rows without a ledger.
 *
 * <p>Format: the header, then for each row its number of fields and for each field its length and
 * big-endian value, then a trailer (PostgreSQL manual, COPY, "Binary Format").
 */
public final class CopyBuffer {
    /** The statement this buffer's rows belong to; the order of columns is that of {@link #add}. */
    public static final String COPY =
            """
            copy ledger.event
                (pseq, recorded_at, sequence, stream, once_key, partition, type, actor, correlation_id, payload)
            from stdin (format binary)
            """;

    private static final short COLUMNS = 10;
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int FIXED_ROW_BYTES = 128;

    private ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    /** Neighbouring rows mostly have the same actor. */
    private @Nullable Actor lastActor;

    private byte[] lastActorText = {};

    public void begin() {
        buffer.clear();
        buffer.put(HEADER);
    }

    public void add(long pseq, NewEvent event) {
        byte[] actor = text(event.context().actor());
        byte[] correlationId = event.context().requestId().getBytes(UTF_8);
        reserve(FIXED_ROW_BYTES + actor.length + correlationId.length + event.payload().length);
        buffer.putShort(COLUMNS);
        putLong(pseq);
        putLong(ChronoUnit.MICROS.between(POSTGRES_EPOCH, event.context().at()));
        putLong(event.sequence());
        putUuid(event.stream().uuid());
        putUuid(event.onceKey() == null ? null : event.onceKey().value());
        putShort((short) event.partition());
        putShort(event.type().code());
        putBytes(actor);
        putBytes(correlationId);
        putBytes(event.payload());
    }

    private byte[] text(Actor actor) {
        if (!actor.equals(lastActor)) {
            lastActor = actor;
            lastActorText = actor.toString().getBytes(UTF_8);
        }
        return lastActorText;
    }

    public void writeTo(CopyIn copy) throws SQLException {
        reserve(Short.BYTES);
        buffer.putShort((short) -1);
        copy.writeToCopy(buffer.array(), 0, buffer.position());
    }

    private void putLong(long value) {
        buffer.putInt(Long.BYTES).putLong(value);
    }

    private void putShort(short value) {
        buffer.putInt(Short.BYTES).putShort(value);
    }

    private void putUuid(@Nullable UUID value) {
        if (value == null) {
            buffer.putInt(-1);
        } else {
            buffer.putInt(2 * Long.BYTES)
                    .putLong(value.getMostSignificantBits())
                    .putLong(value.getLeastSignificantBits());
        }
    }

    private void putBytes(byte[] value) {
        buffer.putInt(value.length).put(value);
    }

    private void reserve(int bytes) {
        if (buffer.remaining() < bytes) {
            int needed = Math.addExact(buffer.position(), bytes);
            ByteBuffer larger =
                    ByteBuffer.allocate(Math.max(needed, Math.multiplyExact(buffer.capacity(), 2)));
            buffer = larger.put(buffer.flip());
        }
    }
}
