package com.tokaify.ledger.service.api;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON within JSON: an object with any fields, or any value at all. Not a converter among others:
 * springdoc's own would look at the node's methods first, as if it were a bean, and give up.
 */
final class JsonTypes {
    private static final List<String> ANY =
            List.of("object", "array", "string", "number", "boolean");

    private JsonTypes() {}

    /**
     * @return empty where the type is another one
     */
    static Optional<Schema<?>> schema(JavaType type) {
        if (type.hasRawClass(ObjectNode.class)) {
            return Optional.of(Schemas.ofType("object"));
        }
        if (type.hasRawClass(JsonNode.class)) {
            Schema<?> any = new Schema<>(SpecVersion.V31);
            any.setTypes(new LinkedHashSet<>(ANY));
            return Optional.of(any);
        }
        return Optional.empty();
    }
}
