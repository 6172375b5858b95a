package com.tokaify.ledger.query.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.query.past.AsOf;
import com.tokaify.ledger.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a stream's history is asked for. Null does not restrict.
 *
 * @param from an instant, or the sequence of an event: nothing before it
 * @param to an instant, or the sequence of an event: nothing behind it
 * @param type the only types of events, separated by commas
 * @param order whether the newest events come first or the oldest
 * @param limit the most items on a page; there may be fewer although there are more pages
 * @param after where the page before ended: its {@code nextCursor}
 */
record HistoryQuery(
        @Schema(implementation = String.class) @Nullable AsOf from,
        @Schema(implementation = String.class) @Nullable AsOf to,
        @Schema(implementation = String.class) @Nullable Set<EventType> type,
        @Schema(defaultValue = "newest") Order order,
        @Schema(minimum = "1", maximum = "200", defaultValue = "50") int limit,
        @JsonProperty("cursor") @Nullable HistoryCursor after) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    /** Which end of a stream comes first. */
    enum Order {
        NEWEST,
        OLDEST;

        private final String word = name().toLowerCase(Locale.ROOT);

        private static Order parse(String field, String text) {
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

    static HistoryQuery parse(QueryParameters parameters, EventType.Family family) {
        parameters.allowOnly("from", "to", "type", "order", "limit", "cursor");
        Order order = parameters.optional("order", Order::parse);
        Order known = order == null ? Order.NEWEST : order;
        return new HistoryQuery(
                parameters.optional("from", AsOf::parse),
                parameters.optional("to", AsOf::parse),
                parameters.optional("type", (name, text) -> types(name, text, family)),
                known,
                parameters.wholeNumber("limit", 1, MAX_LIMIT, DEFAULT_LIMIT),
                parameters.optional(
                        "cursor", (name, text) -> HistoryCursor.parse(name, text, known)));
    }

    private static Set<EventType> types(String field, String text, EventType.Family family) {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        for (String name : text.split(",", -1)) {
            types.add(type(field, name, family));
        }
        return types;
    }

    private static EventType type(String field, String name, EventType.Family family) {
        try {
            EventType type = EventType.ofCeType(name);
            if (type.family() == family) {
                return type;
            }
        } catch (UnreadableEvent e) {
            // Said below, with those there are.
        }
        throw new InvalidField(
                field,
                "must name types of events, separated by commas: "
                        + String.join(
                                ", ",
                                Arrays.stream(EventType.values())
                                        .filter(type -> type.family() == family)
                                        .map(EventType::ceType)
                                        .toList()));
    }
}
