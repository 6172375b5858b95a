package com.tokaify.ledger.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.kafka.PartitionCursor.Gap;
import com.tokaify.ledger.events.kafka.PartitionCursor.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionCursorTest {

    /** The next event is applied, an old one is passed over. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, APPLY",
        "0, 0, SKIP",
        "41, 42, APPLY",
        "41, 41, SKIP",
        "41, 1, SKIP",
        "9007199254740991, 9007199254740992, APPLY"
    })
    void nextIsAppliedAndOldIsSkipped(long last, long pseq, Step step) {
        PartitionCursor cursor = new PartitionCursor(2);
        cursor.restore(1, last);

        assertThat(cursor.advance(1, pseq)).isEqualTo(step);
        assertThat(cursor.last(1)).isEqualTo(Math.max(last, pseq));
        assertThat(cursor.last(0)).isZero();
    }

    /** A missing event stops the reader and the cursor stays before it. */
    @ParameterizedTest
    @CsvSource({"0, 2", "41, 43", "41, 1000"})
    void missingEventStopsTheReader(long last, long pseq) {
        PartitionCursor cursor = new PartitionCursor(2);
        cursor.restore(1, last);

        assertThatThrownBy(() -> cursor.advance(1, pseq))
                .isInstanceOf(Gap.class)
                .hasMessageContaining("partition 1")
                .hasMessageContaining("event " + (last + 1) + " is missing")
                .hasMessageContaining("next to come is " + pseq);
        assertThat(cursor.last(1)).isEqualTo(last);
    }

    /** Partitions are counted apart from each other. */
    @Test
    void partitionsAreCountedApart() {
        PartitionCursor cursor = new PartitionCursor(2);

        assertThat(cursor.advance(0, 1)).isEqualTo(Step.APPLY);
        assertThat(cursor.advance(1, 1)).isEqualTo(Step.APPLY);
        assertThat(cursor.advance(0, 2)).isEqualTo(Step.APPLY);
        assertThat(cursor.advance(1, 1)).isEqualTo(Step.SKIP);
    }
}
