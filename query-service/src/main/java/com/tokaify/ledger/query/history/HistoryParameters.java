package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.query.past.AsOf;
import com.tokaify.ledger.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@link HistoryQuery} as callers write it.
 *
 * @param from an instant, or the sequence of an event: nothing before it
 * @param to an instant, or the sequence of an event: nothing behind it
 * @param type the only types of events, separated by commas
 * @param order whether the newest events come first or the oldest
 * @param limit the most items on a page; there may be fewer although there are more pages
 * @param cursor where the page before ended: its {@code nextCursor}
 */
record HistoryParameters(
        @Nullable String from,
        @Nullable String to,
        @Nullable String type,
        @Schema(defaultValue = "newest") HistoryQuery.Order order,
        @Schema(minimum = "1", maximum = "200", defaultValue = "50") int limit,
        @Nullable String cursor) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    static HistoryQuery parse(QueryParameters parameters, EventType.Family family) {
        parameters.allowOnly("from", "to", "type", "order", "limit", "cursor");
        HistoryQuery.Order order = parameters.optional("order", HistoryQuery.Order::parse);
        HistoryQuery.Order known = order == null ? HistoryQuery.Order.NEWEST : order;
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
