package com.tokaify.ledger.seals;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.StreamId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a leaf of the log is made of, to the byte. */
class EntryBufferTest {
    private static final Hash SOME = new TreeHasher().empty();

    private final EntryBuffer buffer = new EntryBuffer();

    private static RawEvent event(String actor, String correlationId, int payloadBytes) {
        return new RawEvent(
                "catalog".getBytes(UTF_8),
                1,
                17,
                2,
                "com.tokaify.ledger.model-listed.v1".getBytes(UTF_8),
                "2026-11-23T10:32:09Z".getBytes(UTF_8),
                actor.getBytes(UTF_8),
                correlationId.getBytes(UTF_8),
                new byte[payloadBytes]);
    }

    /** Entries and leaves are those another program has made of the same events. */
    @Test
    void entriesAreThoseOfTheContract() {
        assertThat(Vectors.events()).hasSize(7);
        for (Vectors.Event each : Vectors.events()) {
            assertThat(buffer.entry(each.raw(), each.previous())).isEqualTo(each.entry());
            assertThat(buffer.leaf(each.raw(), each.previous())).isEqualTo(each.leaf());
        }
    }

    /** An event that was read from anywhere makes the same entry. */
    @Test
    void storedEventMakesTheSameEntry() {
        for (Vectors.Event each : Vectors.events()) {
            RawEvent raw = each.raw();
            StoredEvent stored =
                    new StoredEvent(
                            new Position(raw.partition(), raw.pseq()),
                            StreamId.parse(new String(raw.stream(), UTF_8)),
                            raw.sequence(),
                            EventType.ofCeType(new String(raw.type(), UTF_8)),
                            Instant.parse(new String(raw.recordedAt(), UTF_8)),
                            Actor.parse(new String(raw.actor(), UTF_8)),
                            new String(raw.correlationId(), UTF_8),
                            raw.payload());
            assertThat(buffer.leaf(RawEvent.of(stored), each.previous())).isEqualTo(each.leaf());
        }
    }

    /** A line break would let one event look like another: such an event stops the log. */
    @Test
    void lineBreakStopsTheLog() {
        assertThatThrownBy(() -> buffer.leaf(event("owner:a\nb", "c", 1), SOME))
                .isInstanceOf(Unsealable.class)
                .hasMessageContaining("catalog:1");
        assertThatThrownBy(() -> buffer.leaf(event("owner:a", "c\n", 1), SOME))
                .isInstanceOf(Unsealable.class);
    }

    /** The longest entry a bundle can hold is taken, one byte more is not. */
    @Test
    void entryIsAsLongAsABundleCanTell() {
        int head = buffer.entry(event("owner:a", "c", 0), SOME).length;
        int longest = EntryBuffer.MAX_BYTES - head;
        assertThat(buffer.entry(event("owner:a", "c", longest), SOME))
                .hasSize(EntryBuffer.MAX_BYTES);
        assertThatThrownBy(() -> buffer.entry(event("owner:a", "c", longest + 1), SOME))
                .isInstanceOf(Unsealable.class)
                .hasMessageContaining("65536");
    }

    /** The head of the longest ids there may be stays within what is reckoned for it. */
    @Test
    void headIsNoLongerThanReckoned() {
        RawEvent longest =
                new RawEvent(
                        "tok_01karc8qkff8drrb9y9xd6pz4d".getBytes(UTF_8),
                        Long.MAX_VALUE,
                        Short.MAX_VALUE,
                        Long.MAX_VALUE,
                        "x".repeat(100).getBytes(UTF_8),
                        "9999-12-31T23:59:59.999999Z".getBytes(UTF_8),
                        ("operator:" + "x".repeat(64)).getBytes(UTF_8),
                        "x".repeat(255).getBytes(UTF_8),
                        new byte[0]);
        assertThat(buffer.entry(longest, SOME).length)
                .isLessThanOrEqualTo(EntryBuffer.MAX_HEAD_BYTES);
    }

    /** The first event of a stream has none before it, and every other has one. */
    @Test
    void chainIsWhole() {
        assertThatThrownBy(() -> buffer.leaf(event("owner:a", "c", 1), null))
                .isInstanceOf(IllegalArgumentException.class);
        RawEvent first = Vectors.events().getFirst().raw();
        assertThatThrownBy(() -> buffer.leaf(first, SOME))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
