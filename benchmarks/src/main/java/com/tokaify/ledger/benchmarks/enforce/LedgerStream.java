package com.tokaify.ledger.benchmarks.enforce;

import com.tokaify.ledger.benchmarks.TopicWriter;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.events.secret.Pepper;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Events of a ledger, byte for byte as the relay writes them, but without a ledger behind them:
 * what enforcement reads can then be as large and as fast as asked for. Used by one thread at a
 * time; while consumptions stream in they have a thread of their own.
 */
final class LedgerStream implements AutoCloseable {
    /** As often as the relay commits under load. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final KnownTokens tokens;
    private final EventSequence sequence = new EventSequence();
    private final long[] sequences;
    private final TopicWriter topic;

    LedgerStream(KnownTokens tokens, String bootstrap)
            throws ExecutionException, InterruptedException {
        this.tokens = tokens;
        this.sequences = new long[tokens.size()];
        TopicWriter.createTopics(bootstrap, Topics.USAGE);
        this.topic = TopicWriter.toNewTopic(bootstrap);
    }

    /** Tells of all accounts and tokens. */
    void begin(Pepper pepper) {
        sequence.of(tokens, pepper, topic::send);
        topic.flush();
    }

    /** Consumptions at a steady rate, from now until what is returned is closed. */
    AutoCloseable consumptions(int perSecond) {
        int[] drawn = tokens.draw(1 << 17);
        AtomicBoolean stopping = new AtomicBoolean();
        Thread thread =
                Thread.ofPlatform()
                        .name("consumptions")
                        .start(() -> stream(drawn, perSecond, stopping));
        return () -> {
            stopping.set(true);
            thread.join();
            topic.flush();
        };
    }

    private void stream(int[] drawn, int perSecond, AtomicBoolean stopping) {
        long start = System.nanoTime();
        long sent = 0;
        while (!stopping.get()) {
            long due = (System.nanoTime() - start) * perSecond / TimeUnit.SECONDS.toNanos(1);
            for (; sent < due; sent++) {
                consume(drawn[(int) (sent % drawn.length)]);
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private void consume(int token) {
        sequences[token]++;
        topic.send(
                sequence.next(
                        tokens.id(token),
                        sequences[token],
                        new QuotaConsumed(
                                new UUID(token, sequences[token]).toString(),
                                1,
                                KnownTokens.MODEL,
                                sequences[token],
                                false)));
    }

    @Override
    public void close() {
        topic.close();
    }
}
