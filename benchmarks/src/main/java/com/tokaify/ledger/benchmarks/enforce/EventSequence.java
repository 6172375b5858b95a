package com.tokaify.ledger.benchmarks.enforce;

import com.tokaify.ledger.benchmarks.LedgerStore;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.events.secret.Pepper;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * Events with their positions, as a ledger would have recorded them. Used by one thread at a time.
 */
public final class EventSequence {
    private static final Actor OPERATOR = new Actor(Actor.Kind.OPERATOR, "benchmark");
    private static final Actor GATEWAY = new Actor(Actor.Kind.GATEWAY, "benchmark");
    private static final long CREDIT = FieldRules.MAX_AMOUNT / 2;

    private final Partitioning partitioning = new Partitioning(LedgerStore.PARTITIONS);
    private final long[] heads = new long[LedgerStore.PARTITIONS];

    /** Opens and credits all accounts, then creates all tokens. */
    void of(KnownTokens tokens, Pepper pepper, Consumer<StoredEvent> told) {
        for (AccountId account : tokens.accounts()) {
            told.accept(next(account, 0, new AccountOpened("Benchmark")));
            told.accept(next(account, 1, new BalanceCredited(CREDIT, "benchmark")));
        }
        for (int token = 0; token < tokens.size(); token++) {
            told.accept(next(tokens.id(token), 0, tokens.created(token, pepper)));
        }
    }

    /** The next event of its partition, recorded now. */
    StoredEvent next(StreamId stream, long sequence, LedgerEvent event) {
        return next(stream, sequence, event, Instant.now());
    }

    /** The next event of its partition, by a gateway or, where those have no say, an operator. */
    public StoredEvent next(StreamId stream, long sequence, LedgerEvent event, Instant recordedAt) {
        return next(
                stream,
                sequence,
                event,
                recordedAt,
                event instanceof QuotaConsumed ? GATEWAY : OPERATOR);
    }

    /** The next event of its partition. */
    public StoredEvent next(
            StreamId stream, long sequence, LedgerEvent event, Instant recordedAt, Actor actor) {
        int partition = partitioning.partitionOf(stream);
        heads[partition]++;
        return new StoredEvent(
                new Position(partition, heads[partition]),
                stream,
                sequence,
                EventType.of(event),
                recordedAt.truncatedTo(ChronoUnit.MICROS),
                actor,
                "benchmark",
                EventCodec.encode(event));
    }
}
