package com.tokaify.ledger.command.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.seals.RawEvent;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Rows of {@code ledger.event} as binary COPY gives them out, a row a message. Nothing of an event
 * is interpreted that its entry does not need. One thread.
 */
final class EventRows {
    /** The columns of a row, in the order of {@link #read}. */
    static final String COLUMNS =
            "pseq, recorded_at, sequence, stream, partition, type, actor, correlation_id, payload";

    private static final int COLUMN_COUNT = 9;
    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
    };
    private static final int FLAGS_BYTES = 4;

    /** PostgreSQL counts from the year 2000. */
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    private static final Map<EventType, byte[]> TYPES = types();

    private final RecordedAtText times = new RecordedAtText();

    /** An event and the stream's id as the store has it. */
    record Row(UUID stream, RawEvent event) {}

    /** Takes rows as they come. */
    @FunctionalInterface
    interface Sink {
        void accept(Row row);
    }

    /**
     * Reads a message: the first one begins with a header, the last one is an end without a row.
     */
    void read(byte[] message, Sink sink) {
        ByteBuffer buffer = ByteBuffer.wrap(message);
        if (message.length > SIGNATURE.length
                && buffer.slice(0, SIGNATURE.length).equals(ByteBuffer.wrap(SIGNATURE))) {
            buffer.position(SIGNATURE.length + FLAGS_BYTES);
            buffer.position(buffer.position() + Integer.BYTES + buffer.getInt(buffer.position()));
        }
        while (buffer.hasRemaining()) {
            short columns = buffer.getShort();
            if (columns == -1) {
                return;
            }
            if (columns != COLUMN_COUNT) {
                throw new IllegalStateException("a row of " + columns + " columns");
            }
            sink.accept(row(buffer));
        }
    }

    private Row row(ByteBuffer buffer) {
        long pseq = fixed(buffer, Long.BYTES).getLong();
        long micros = fixed(buffer, Long.BYTES).getLong() + EPOCH_MICROS;
        long sequence = fixed(buffer, Long.BYTES).getLong();
        fixed(buffer, 2 * Long.BYTES);
        UUID uuid = new UUID(buffer.getLong(), buffer.getLong());
        int partition = fixed(buffer, Short.BYTES).getShort();
        EventType type = EventType.ofCode(fixed(buffer, Short.BYTES).getShort());
        byte[] actor = bytes(buffer);
        byte[] correlationId = bytes(buffer);
        byte[] payload = bytes(buffer);
        return new Row(
                uuid,
                new RawEvent(
                        stream(type, uuid).toString().getBytes(US_ASCII),
                        sequence,
                        partition,
                        pseq,
                        Objects.requireNonNull(TYPES.get(type)),
                        times.of(micros),
                        actor,
                        correlationId,
                        payload));
    }

    private static StreamId stream(EventType type, UUID uuid) {
        return switch (type.family()) {
            case TOKEN -> new TokenId(uuid);
            case ACCOUNT -> new AccountId(uuid);
            case CATALOG -> CatalogId.CATALOG;
        };
    }

    private static ByteBuffer fixed(ByteBuffer buffer, int length) {
        int actual = buffer.getInt();
        if (actual != length) {
            throw new IllegalStateException("a column of " + actual + " bytes, not " + length);
        }
        return buffer;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.getInt()];
        buffer.get(bytes);
        return bytes;
    }

    private static Map<EventType, byte[]> types() {
        Map<EventType, byte[]> types = new EnumMap<>(EventType.class);
        for (EventType type : EventType.values()) {
            types.put(type, type.ceType().getBytes(US_ASCII));
        }
        return types;
    }
}
