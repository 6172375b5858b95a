package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.query.token.TokenItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What lies between two moments, in the fields callers know. Each moment is seen by the clock of
 * its own event, so what time alone has done since the event before shows at this one, and what one
 * event is said to leave is what the next is said to find.
 */
final class Difference {
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

    private Difference() {}

    /**
     * @param before null where the event began its stream
     */
    static List<FieldChange> between(@Nullable Fold before, Fold after) {
        ObjectNode from = before == null ? StrictJson.MAPPER.createObjectNode() : fields(before);
        List<FieldChange> changes = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : fields(after).properties()) {
            JsonNode was = from.get(field.getKey());
            JsonNode is = field.getValue();
            boolean same = was == null ? is.isNull() : was.equals(is);
            if (!same && !NOT_TOLD.contains(field.getKey())) {
                changes.add(new FieldChange(field.getKey(), orNull(was), orNull(is)));
            }
        }
        return changes;
    }

    private static ObjectNode fields(Fold fold) {
        return switch (fold) {
            case TokenFold token -> {
                ObjectNode fields =
                        StrictJson.MAPPER.valueToTree(
                                TokenItem.then(token.state(), token.effectiveAt()));
                fields.put("deleted", token.state().standing().deleted());
                yield fields;
            }
            case AccountFold account ->
                    StrictJson.MAPPER
                            .createObjectNode()
                            .put("name", account.state().name())
                            .put("suspended", account.state().suspended())
                            .put("credited", account.paid().credited())
                            .put("adjusted", account.paid().adjusted());
        };
    }

    private static @Nullable JsonNode orNull(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node;
    }
}
