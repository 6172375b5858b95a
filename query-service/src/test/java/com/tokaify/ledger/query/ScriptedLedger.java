package com.tokaify.ledger.query;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A ledger as tests write it: hands out sequences and positions as the event store does, and ids
 * and times that are the same in every run.
 */
public final class ScriptedLedger {
    public static final Instant BEGINNING = Instant.parse("2026-11-23T08:00:00Z");
    public static final String MASK = "sk-tkfA**********wxyz";

    private final Partitioning partitioning;
    private final Map<StreamId, Long> sequences = new HashMap<>();
    private final long[] pseqs;
    private long ids;
    private Instant now = BEGINNING;

    public ScriptedLedger(int partitions) {
        this.partitioning = new Partitioning(partitions);
        this.pseqs = new long[partitions];
    }

    /** Later ids are greater, as UUIDv7 are. */
    public TokenId newTokenId() {
        return new TokenId(newUuid());
    }

    public AccountId newAccountId() {
        return new AccountId(newUuid());
    }

    public int partitionOf(StreamId stream) {
        return partitioning.partitionOf(stream);
    }

    /** The instant the next event will be recorded at. */
    public Instant now() {
        return now;
    }

    /** The next event of a stream, a second after the one before it. */
    public RecordedEvent record(StreamId stream, LedgerEvent event) {
        int partition = partitionOf(stream);
        RecordedEvent recorded =
                new RecordedEvent(
                        new Position(partition, ++pseqs[partition]),
                        stream,
                        sequences.merge(stream, 0L, (last, _) -> last + 1),
                        now,
                        Actor.system("test"),
                        "correlation",
                        event);
        now = now.plusSeconds(1);
        return recorded;
    }

    /** Another event in the very place of one. */
    public static RecordedEvent instead(RecordedEvent place, LedgerEvent event) {
        return new RecordedEvent(
                place.position(),
                place.stream(),
                place.sequence(),
                place.recordedAt(),
                place.actor(),
                place.correlationId(),
                event);
    }

    public static TokenCreated tokenCreated(AccountId account, String name) {
        return tokenCreated(account, name, "default", Restrictions.NONE);
    }

    public static TokenCreated tokenCreated(
            AccountId account, String name, String group, Restrictions restrictions) {
        return new TokenCreated(
                account, name, group, restrictions, new LookupHash(1, 2, 3, 4), MASK);
    }

    public static StoredEvent stored(RecordedEvent recorded) {
        return new StoredEvent(
                recorded.position(),
                recorded.stream(),
                recorded.sequence(),
                EventType.of(recorded.event()),
                recorded.recordedAt(),
                recorded.actor(),
                recorded.correlationId(),
                EventCodec.encode(recorded.event()));
    }

    private UUID newUuid() {
        ids++;
        return new UUID((0x0192_0000_0000L + ids) << 16 | 0x7000, 0x8000_0000_0000_0000L | ids);
    }
}
