package com.tokaify.ledger.query.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.query.history.HistoryQuery.Order;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HistoryCursorTest {

    /** The next page goes on the same way from where the one before ended. */
    @ParameterizedTest
    @EnumSource
    void comesBackAsItWasGivenOut(Order order) {
        for (long sequence : new long[] {0, 1, Long.MAX_VALUE}) {
            HistoryCursor cursor = new HistoryCursor(sequence, order);
            assertThat(HistoryCursor.parse("cursor", cursor.toString(), order)).isEqualTo(cursor);
        }
    }

    /** The other way from there is another page, and half of it was seen. */
    @ParameterizedTest
    @EnumSource
    void isRefusedWhereItGoesTheOtherWay(Order order) {
        for (Order other : Order.values()) {
            if (other != order) {
                assertRefused(new HistoryCursor(7, order).toString(), other);
            }
        }
    }

    /** What no answer has given out is refused by its name. */
    @ParameterizedTest
    @EnumSource
    void refusesWhatIsMadeUp(Order order) {
        String good = new HistoryCursor(7, order).toString();
        for (String text :
                List.of(
                        "",
                        "??",
                        good.substring(4),
                        good + good,
                        new HistoryCursor(-1, order).toString())) {
            assertRefused(text, order);
        }
    }

    private static void assertRefused(String text, Order order) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> HistoryCursor.parse("cursor", text, order))
                .withMessage(
                        "cursor must be the nextCursor of an earlier answer in the same order");
    }
}
