package com.tokaify.ledger.query.audit;

import static com.tokaify.ledger.query.web.QueryParameters.MOST_REPEATED;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.web.QueryParameters;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for. Null does not restrict; what is given must all hold.
 *
 * @param types one of these, by type and class both
 * @param from the first instant
 * @param to the first instant no more
 */
record AuditFilter(
        @Nullable ActorFilter actor,
        @Nullable Set<EventType> types,
        @Nullable TokenId tokenId,
        @Nullable AccountId accountId,
        @Nullable Instant from,
        @Nullable Instant to) {
    /** Parameters of which any value may hold. */
    static final Map<String, Integer> REPEATABLE =
            Map.of("type", MOST_REPEATED, "class", MOST_REPEATED);

    static final AuditFilter EVERYTHING = new AuditFilter(null, null, null, null, null, null);

    static AuditFilter parse(QueryParameters parameters) {
        Instant from = parameters.instant("from");
        Instant to = parameters.instant("to");
        if (from != null && to != null && to.isBefore(from)) {
            throw new InvalidField("to", "must not be before from");
        }
        return new AuditFilter(
                parameters.optional("actor", ActorFilter::parse),
                types(
                        parameters.repeated("type", AuditFilter::type),
                        parameters.repeated("class", EventClass::parse)),
                parameters.optional("tokenId", (_, text) -> TokenId.parse(text)),
                parameters.optional("accountId", (_, text) -> AccountId.parse(text)),
                from,
                to);
    }

    /** Whether consumption, which is most of a ledger, is left out. */
    boolean leavesOutConsumption() {
        return types != null && !types.contains(EventType.QUOTA_CONSUMED);
    }

    private static EventType type(String field, String text) {
        try {
            return EventType.ofCeType(text);
        } catch (UnreadableEvent e) {
            throw new InvalidField(
                    field, "must be a type of event such as " + EventType.TOKEN_CREATED.ceType());
        }
    }

    private static @Nullable Set<EventType> types(
            @Nullable List<EventType> given, @Nullable List<EventClass> classes) {
        if (given == null && classes == null) {
            return null;
        }
        Set<EventType> types = EnumSet.allOf(EventType.class);
        if (given != null) {
            types.retainAll(given);
        }
        if (classes != null) {
            types.removeIf(type -> !classes.contains(EventClass.of(type)));
        }
        return types;
    }
}
