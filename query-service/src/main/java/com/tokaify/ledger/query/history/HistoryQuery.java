package com.tokaify.ledger.query.history;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.query.past.AsOf;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a stream's history is asked for. Null does not restrict.
 *
 * @param from the first event is in effect then or later
 * @param to the last event is in effect then or earlier
 * @param types the only types of events
 * @param limit the most items on a page
 * @param after where the page before ended
 */
record HistoryQuery(
        @Nullable AsOf from,
        @Nullable AsOf to,
        @Nullable Set<EventType> types,
        Order order,
        int limit,
        @Nullable HistoryCursor after) {

    /** Which end of a stream comes first. */
    enum Order {
        NEWEST,
        OLDEST;

        private final String word = name().toLowerCase(Locale.ROOT);

        static Order parse(String field, String text) {
            for (Order order : values()) {
                if (order.word.equals(text)) {
                    return order;
                }
            }
            throw new InvalidField(field, "must be newest or oldest");
        }

        @JsonValue
        @Override
        public String toString() {
            return word;
        }
    }
}
