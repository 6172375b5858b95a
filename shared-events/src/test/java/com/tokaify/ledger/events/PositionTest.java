package com.tokaify.ledger.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    /** A position travels as text in a header and comes back as it was. */
    @ParameterizedTest
    @CsvSource({"0, 0", "17, 4711", "32766, 999999999999999999"})
    void positionIsReadBackFromItsText(int partition, long pseq) {
        Position position = new Position(partition, pseq);

        assertThat(position).hasToString(partition + ":" + pseq);
        assertThat(Position.parse(position.toString())).isEqualTo(position);
    }

    /** A caller who sends something else is told the form. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "17",
                "17:",
                ":4711",
                "-1:1",
                "1:-1",
                "+1:1",
                "1:1:1",
                " 1:1",
                "1: 1",
                "1:1.0",
                "١:١",
                "100000:1",
                "1:9999999999999999999"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Position.parse(text))
                .isInstanceOf(InvalidField.class)
                .hasMessage("Ledger-Position must be <partition>:<pseq>, e.g. 17:4711");
    }

    /** Nothing stands before the beginning. */
    @ParameterizedTest
    @CsvSource({"-1, 1", "1, -1"})
    void negativePositionIsRefused(int partition, long pseq) {
        assertThatThrownBy(() -> new Position(partition, pseq)).isInstanceOf(InvalidField.class);
    }
}
