package com.tokaify.ledger.service.api;

import io.swagger.v3.core.util.AnnotationsUtils;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The few shapes of JSON Schema 2020-12 this document is made of. */
final class Schemas {
    private static final String NULL = "null";

    private Schemas() {}

    static Schema<?> ofType(String type) {
        Schema<?> schema = new Schema<>(SpecVersion.V31);
        schema.addType(type);
        return schema;
    }

    /** A text, as this regular expression has it. */
    static Schema<?> text(String pattern) {
        return ofType("string").pattern(pattern);
    }

    /** One of these texts and nothing else. */
    static Schema<?> oneOf(Iterable<String> texts) {
        Schema<Object> schema = new Schema<>(SpecVersion.V31);
        schema.addType("string");
        texts.forEach(schema::addEnumItemObject);
        return schema;
    }

    /** Swagger hands out the same schema for equal types; what is to be changed is copied first. */
    static Schema<?> copy(Schema<?> schema) {
        return AnnotationsUtils.clone(schema, true);
    }

    static void describe(Schema<?> schema, @Nullable String words) {
        if (words != null && !words.isEmpty()) {
            schema.setDescription(words);
        }
    }

    /** The same, or null. A reference cannot be widened and becomes one of two. */
    static Schema<?> orNull(Schema<?> schema) {
        if (schema.get$ref() != null) {
            return new Schema<>(SpecVersion.V31).anyOf(List.of(schema, ofType(NULL)));
        }
        return widened(schema);
    }

    private static <T> Schema<T> widened(Schema<T> schema) {
        Set<String> types = new LinkedHashSet<>(Objects.requireNonNull(schema.getTypes()));
        types.add(NULL);
        schema.setTypes(types);
        if (schema.getEnum() != null) {
            List<@Nullable T> values = new ArrayList<>(schema.getEnum());
            values.add(null);
            schema.setEnum(values);
        }
        return schema;
    }

    /** The same, and never null. */
    static Schema<?> withoutNull(Schema<?> schema) {
        return narrowed(schema);
    }

    private static <T> Schema<T> narrowed(Schema<T> schema) {
        if (schema.getTypes() != null) {
            Set<String> types = new LinkedHashSet<>(schema.getTypes());
            types.remove(NULL);
            schema.setTypes(types);
        }
        if (schema.getEnum() != null) {
            schema.setEnum(schema.getEnum().stream().filter(Objects::nonNull).toList());
        }
        return schema;
    }

    /** True where null is among what the schema allows. */
    static boolean allowsNull(Schema<?> schema) {
        if (schema.getAnyOf() != null) {
            return schema.getAnyOf().stream().anyMatch(Schemas::allowsNull);
        }
        return schema.getTypes() != null && schema.getTypes().contains(NULL);
    }
}
