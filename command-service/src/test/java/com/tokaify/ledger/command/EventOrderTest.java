package com.tokaify.ledger.command;

import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.TOKEN;
import static com.tokaify.ledger.command.Samples.created;
import static com.tokaify.ledger.command.Samples.hash;
import static com.tokaify.ledger.command.Samples.limit;
import static com.tokaify.ledger.command.Samples.tokenId;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.Partitioning;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The negative control of every test that trusts {@link EventOrder}: it finds each kind of wrong.
 */
class EventOrderTest {
    private static final Partitioning PARTITIONING = new Partitioning(8);
    private static final EventOrder ORDER = new EventOrder(PARTITIONING);
    private static final int HOME = PARTITIONING.partitionOf(TOKEN);

    private static final StoredEvent CREATED = event(1, TOKEN, 0, created(limit(100L)));
    private static final StoredEvent DISABLED = event(2, TOKEN, 1, new TokenDisabled(null));
    private static final StoredEvent ENABLED = event(3, TOKEN, 2, new TokenEnabled());

    private static StoredEvent event(long pseq, TokenId token, long sequence, LedgerEvent event) {
        return event(new Position(HOME, pseq), token, sequence, event);
    }

    private static StoredEvent event(
            Position position, TokenId token, long sequence, LedgerEvent event) {
        return new StoredEvent(
                position,
                token,
                sequence,
                EventType.of(event),
                CONTEXT.at(),
                CONTEXT.actor(),
                CONTEXT.requestId(),
                EventCodec.encode(event));
    }

    private static StoredEvent usage(long pseq, long sequence) {
        return event(pseq, TOKEN, sequence, new QuotaConsumed("u1", 1, null, sequence, false));
    }

    /** What is in order is passed. */
    @Test
    void eventsInOrderAreFine() {
        assertThat(ORDER.problems(List.of(CREATED, DISABLED, ENABLED))).isEmpty();
    }

    /** A lost event is a hole in the partition and in the stream. */
    @Test
    void aLostEventIsFound() {
        assertThat(ORDER.problems(List.of(CREATED, ENABLED))).hasSize(2);
        assertThat(ORDER.problems(List.of(DISABLED, ENABLED))).hasSize(2);
    }

    /** A repeated event is found, wherever it comes again. */
    @Test
    void aRepeatedEventIsFound() {
        assertThat(ORDER.problems(List.of(CREATED, DISABLED, DISABLED))).hasSize(2);
        assertThat(ORDER.problems(List.of(CREATED, DISABLED, ENABLED, CREATED))).hasSize(3);
    }

    /** Two events that changed places are found. */
    @Test
    void eventsInAnotherOrderAreFound() {
        assertThat(ORDER.problems(List.of(CREATED, ENABLED, DISABLED))).isNotEmpty();
    }

    /** A stream stays in its partition. */
    @Test
    void aStreamInAForeignPartitionIsFound() {
        Position elsewhere = new Position((HOME + 1) % 8, 1);
        assertThat(ORDER.problems(List.of(event(elsewhere, TOKEN, 0, created(limit(1L))))))
                .hasSize(1);
    }

    /** A stream without its beginning, in a partition that is dense, is found. */
    @Test
    void aStreamWithoutItsBeginningIsFound() {
        assertThat(ORDER.problems(List.of(event(1, TOKEN, 1, new TokenEnabled())))).hasSize(1);
    }

    /** One usage booked twice is found, though every position and sequence is right. */
    @Test
    void aUsageBookedTwiceIsFound() {
        assertThat(ORDER.problems(List.of(CREATED, usage(2, 1), usage(3, 2)))).hasSize(1);
        TokenId other = neighbour();
        assertThat(
                        ORDER.problems(
                                List.of(
                                        CREATED,
                                        usage(2, 1),
                                        event(3, other, 0, created(limit(1L), hash(other))),
                                        event(
                                                4,
                                                other,
                                                1,
                                                new QuotaConsumed("u1", 1, null, 1, false)))))
                .isEmpty();
    }

    /** Another token of the same partition. */
    private static TokenId neighbour() {
        long number = 2;
        while (PARTITIONING.partitionOf(tokenId(number)) != HOME) {
            number++;
        }
        return tokenId(number);
    }
}
