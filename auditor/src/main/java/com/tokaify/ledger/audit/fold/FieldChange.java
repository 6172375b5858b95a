package com.tokaify.ledger.audit.fold;

import com.tokaify.ledger.events.codec.StrictJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One field that is not the same here and there.
 *
 * @param before null where it was not set, or there was nothing
 * @param after null likewise
 */
public record FieldChange(String field, @Nullable JsonNode before, @Nullable JsonNode after) {
    /** Who it is, when it was so, and what follows from other fields. */
    private static final Set<String> NOT_TOLD =
            Set.of(
                    "tokenId",
                    "accountId",
                    "createdAt",
                    "changedAt",
                    "lastUsedAt",
                    "remaining",
                    "sequence",
                    "asOf");

    /**
     * What an event made of a token.
     *
     * @param before null where it began the stream
     */
    public static List<FieldChange> told(@Nullable TokenThen before, TokenThen after) {
        return between(tree(before), tree(after)).stream()
                .filter(change -> !NOT_TOLD.contains(change.field()))
                .toList();
    }

    /** Every field in which two records differ, by their components; null has none. */
    public static List<FieldChange> between(@Nullable Record a, @Nullable Record b) {
        return between(tree(a), tree(b));
    }

    private static List<FieldChange> between(ObjectNode a, ObjectNode b) {
        Set<String> fields = new LinkedHashSet<>();
        a.properties().forEach(field -> fields.add(field.getKey()));
        b.properties().forEach(field -> fields.add(field.getKey()));
        List<FieldChange> changes = new ArrayList<>();
        for (String field : fields) {
            JsonNode was = set(a.get(field));
            JsonNode is = set(b.get(field));
            if (was == null ? is != null : !was.equals(is)) {
                changes.add(new FieldChange(field, was, is));
            }
        }
        return changes;
    }

    private static ObjectNode tree(@Nullable Record value) {
        return value == null
                ? StrictJson.MAPPER.createObjectNode()
                : StrictJson.MAPPER.valueToTree(value);
    }

    private static @Nullable JsonNode set(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node;
    }

    /** {@code quotaLimit 500000 -> 900000}, a dash where there is nothing. */
    @Override
    public String toString() {
        return field + " " + shown(before) + " -> " + shown(after);
    }

    /** For people; a dash is nothing. */
    public static String shown(@Nullable JsonNode node) {
        return node == null ? "-" : node.toString();
    }
}
