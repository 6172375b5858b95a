package com.tokaify.ledger.audit.source;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.core.Times;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of the event store as PostgreSQL's binary COPY sends them: a count of columns, and for
 * each its length and its bytes. One partition, one thread.
 */
final class StoredRows {
    /** In the order {@link #read} takes them. */
    static final String COLUMNS =
            "pseq, recorded_at, sequence, stream, type, actor, correlation_id, payload";

    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
    };

    /** Behind the signature stand flags, and how long the rest of the header is. */
    private static final int FLAGS = 4;

    /** PostgreSQL counts microseconds from 2000, the rest of the world from 1970. */
    private static final long EPOCH = 946_684_800_000_000L;

    private static final int STREAMS = 4096;

    private final int partition;
    private final Interned actors = new Interned(64);
    private final long[] highs = new long[STREAMS];
    private final long[] lows = new long[STREAMS];
    private final String[] streams = new String[STREAMS];

    StoredRows(int partition) {
        this.partition = partition;
        Arrays.fill(streams, "");
    }

    /** Null where no row is left behind the header, and at the end. */
    @Nullable LoggedEvent read(byte[] message) {
        ByteBuffer row = ByteBuffer.wrap(message);
        if (message.length >= SIGNATURE.length
                && Arrays.equals(message, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            row.position(SIGNATURE.length + FLAGS);
            row.position(row.position() + Integer.BYTES + row.getInt(row.position()));
        }
        if (!row.hasRemaining() || row.getShort() < 0) {
            return null;
        }
        long pseq = row.getLong(value(row, Long.BYTES));
        long recordedAt = row.getLong(value(row, Long.BYTES));
        long sequence = row.getLong(value(row, Long.BYTES));
        int uuid = value(row, 2 * Long.BYTES);
        short code = row.getShort(value(row, Short.BYTES));
        int actorLength = row.getInt();
        String actor = actors.text(message, row.position(), row.position() + actorLength);
        row.position(row.position() + actorLength);
        int correlationLength = row.getInt();
        String correlationId =
                new String(message, row.position(), correlationLength, StandardCharsets.UTF_8);
        row.position(row.position() + correlationLength);
        int payloadLength = row.getInt();
        int payload = row.position();
        @Nullable EventType type = Types.of(code);
        return new LoggedEvent(
                partition,
                pseq,
                stream(row.getLong(uuid), row.getLong(uuid + Long.BYTES), type),
                sequence,
                type == null ? "code " + code : type.ceType(),
                Times.text(EPOCH + recordedAt),
                actor,
                correlationId,
                Arrays.copyOfRange(message, payload, payload + payloadLength));
    }

    /** Where the next value begins, which is to have this length; the row stands behind it. */
    private static int value(ByteBuffer row, int length) {
        if (row.getInt() != length) {
            throw new SourceFailed("the event store sends rows of another form");
        }
        int at = row.position();
        row.position(at + length);
        return at;
    }

    /** Streams come again and again, and their texts take longer to write than to find. */
    private String stream(long high, long low, @Nullable EventType type) {
        int place = (int) (low ^ (low >>> 23) ^ high) & (STREAMS - 1);
        if (type != null && highs[place] == high && lows[place] == low) {
            String known = streams[place];
            if (known.startsWith(prefix(type.family()))) {
                return known;
            }
        }
        UUID uuid = new UUID(high, low);
        String text = type == null ? uuid.toString() : text(uuid, type.family());
        highs[place] = high;
        lows[place] = low;
        streams[place] = text;
        return text;
    }

    private static String prefix(EventType.Family family) {
        return switch (family) {
            case TOKEN -> "tok_";
            case ACCOUNT -> "acc_";
            case CATALOG -> "catalog";
        };
    }

    private static String text(UUID uuid, EventType.Family family) {
        return switch (family) {
            case TOKEN -> new TokenId(uuid).toString();
            case ACCOUNT -> new AccountId(uuid).toString();
            case CATALOG ->
                    uuid.getMostSignificantBits() == 0 && uuid.getLeastSignificantBits() == 0
                            ? "catalog"
                            : "catalog " + uuid;
        };
    }

    /** Types by their codes, without a box around each code. */
    private static final class Types {
        private static final @Nullable EventType[] BY_CODE = byCode();

        private static @Nullable EventType of(short code) {
            return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
        }

        private static @Nullable EventType[] byCode() {
            int most = Arrays.stream(EventType.values()).mapToInt(EventType::code).max().orElse(0);
            @Nullable EventType[] types = new EventType[most + 1];
            for (EventType type : EventType.values()) {
                types[type.code()] = type;
            }
            return types;
        }
    }
}
