package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.store.NewEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.TokenId;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.random.RandomGenerator;

/**
 * Rows such as the product writes, made at no cost worth speaking of: the same columns filled as
 * widely, the same skew of streams, once-only keys as random. Of streams of its own, so that
 * nothing collides. Thread-safe but for what {@link #writer} gives.
 */
final class FloorRows {
    private static final QuotaConsumed EVENT =
            new QuotaConsumed(
                    "9bcb0a5e-7e0b-4f6f-9f3a-0d8d3b8b6f52", 5_000, Usage.MODEL, 50_000_000, false);
    private static final byte[] PAYLOAD = EventCodec.encode(EVENT);

    private final TokenId[] streams;
    private final AtomicIntegerArray sequences;
    private final Zipf zipf;

    FloorRows(int tokens) {
        this.streams = new TokenPopulation(tokens).ids().toArray(TokenId[]::new);
        this.sequences = new AtomicIntegerArray(tokens);
        this.zipf = new Zipf(tokens);
    }

    /**
     * The rows of one client, who has a partition to himself.
     *
     * @param client from 0
     */
    Writer writer(int client) {
        return new Writer(LedgerStore.PARTITIONS + client);
    }

    /** Makes one client's rows. Used by one thread at a time. */
    final class Writer {
        private final RandomGenerator random = new SplittableRandom();
        private final CommandContext context = InProcessLedger.context(random);
        private final int partition;
        private long pseq;

        private Writer(int partition) {
            this.partition = partition;
        }

        long nextPseq() {
            return ++pseq;
        }

        NewEvent next() {
            int stream = zipf.draw(random);
            return new NewEvent(
                    partition,
                    streams[stream],
                    sequences.getAndIncrement(stream),
                    EVENT,
                    EventType.QUOTA_CONSUMED,
                    new OnceKey(new UUID(random.nextLong(), random.nextLong())),
                    context,
                    PAYLOAD,
                    null);
        }
    }
}
