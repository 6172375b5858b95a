package com.tokaify.ledger.service.api;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.providers.ObjectMapperProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON within JSON: an object with any fields, or any value at all. */
final class JsonTypes implements ModelConverter {
    private static final List<String> ANY =
            List.of("object", "array", "string", "number", "boolean");

    private final ObjectMapperProvider mappers;

    JsonTypes(ObjectMapperProvider mappers) {
        this.mappers = mappers;
    }

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        JavaType known = mappers.jsonMapper().constructType(type.getType());
        if (known != null && known.hasRawClass(ObjectNode.class)) {
            return Schemas.ofType("object");
        }
        if (known != null && known.hasRawClass(JsonNode.class)) {
            Schema<?> schema = new Schema<>(SpecVersion.V31);
            schema.setTypes(new LinkedHashSet<>(ANY));
            return schema;
        }
        return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    }
}
