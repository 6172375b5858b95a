package com.tokaify.ledger.query.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.InvalidField;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a listener is, and what its id says of it. */
class MarkTest {
    private static final Mark MARK = Mark.of(0, 127, 128, 999_999_999_999_999_999L, Long.MAX_VALUE);

    /** An id says all of a mark, whatever it holds. */
    @Test
    void theTextIsReadAsTheSameMark() {
        assertThat(Mark.parse("id", MARK.toString(), 5)).isEqualTo(MARK);
    }

    /** With 64 busy partitions an id is far from the limits that servers set to a header. */
    @Test
    void anIdOfManyPartitionsIsShort() {
        long[] busy = new long[64];
        Arrays.fill(busy, 200_000_000);

        assertThat(Mark.of(busy).toString()).hasSizeLessThan(400);
    }

    /** What is no id of this ledger is refused, and never taken for another mark. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "AA", "AAAA", "AAAAAA", "gIA", "////////////////////", "not base64!"})
    void aMalformedIdIsRefused(String text) {
        assertThatThrownBy(() -> Mark.parse("Last-Event-ID", text, 2))
                .isInstanceOf(InvalidField.class)
                .hasMessageContaining("Last-Event-ID");
    }

    /** Steps lead to the later mark, never beyond it, and none is longer than asked for. */
    @Test
    void stepsLeadToTheLaterMark() {
        Mark from = Mark.of(5, 0, 9);
        Mark to = Mark.of(8, 100, 9);
        long events = 0;
        Mark at = from;
        while (!at.equals(to)) {
            Mark next = at.towards(to, 40);
            assertThat(at.eventsTo(next)).isBetween(1L, 40L);
            assertThat(to.covers(next)).isTrue();
            events += at.eventsTo(next);
            at = next;
        }
        assertThat(events).isEqualTo(103);
    }

    /**
     * Just after an event nothing before it on the way is missing, and nothing behind it is there.
     */
    @Test
    void aMarkOnTheWayLiesJustBehindItsEvent() {
        assertThat(Mark.of(1, 2, 3).within(Mark.of(10, 20, 30), 1, 7)).isEqualTo(Mark.of(10, 7, 3));
    }
}
