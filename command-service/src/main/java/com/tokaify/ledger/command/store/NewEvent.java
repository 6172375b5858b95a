package com.tokaify.ledger.command.store;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.kafka.TraceParent;
import com.tokaify.ledger.seals.EntryBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An event that has been decided and has no position yet. Encoded where it was decided, so that the
 * committer only copies bytes.
 *
 * @param trace where in a trace it came about; null where nobody traces it
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are handed on, never compared
public record NewEvent(
        int partition,
        StreamId stream,
        long sequence,
        LedgerEvent event,
        EventType type,
        @Nullable OnceKey onceKey,
        CommandContext context,
        byte[] payload,
        @Nullable TraceParent trace) {

    /**
     * An event that cannot be sealed must never be recorded. The rules of commands see to it with
     * better words; this is the wall behind them.
     */
    private static final int MAX_PAYLOAD_BYTES = EntryBuffer.MAX_BYTES - EntryBuffer.MAX_HEAD_BYTES;

    public NewEvent {
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "an event of "
                            + payload.length
                            + " bytes cannot be sealed, "
                            + MAX_PAYLOAD_BYTES
                            + " are the most");
        }
    }

    public static NewEvent of(
            int partition,
            StreamId stream,
            long sequence,
            LedgerEvent event,
            CommandContext context) {
        return new NewEvent(
                partition,
                stream,
                sequence,
                event,
                EventType.of(event),
                OnceKey.of(stream, event).orElse(null),
                context,
                EventCodec.encode(event),
                null);
    }

    /** The same where it is traced. */
    public NewEvent in(TraceParent place) {
        return new NewEvent(
                partition, stream, sequence, event, type, onceKey, context, payload, place);
    }
}
