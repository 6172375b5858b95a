package com.tokaify.ledger.service.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Tells the records callers write from those the service writes. In a request what may be null may
 * also be left out, and a field nobody knows is refused. An answer always has every field, and may
 * get new ones. What is in both is held to the rules of requests; what is in neither is not told.
 */
final class RequestsAndAnswers implements GlobalOpenApiCustomizer {

    @Override
    public void customise(OpenAPI document) {
        Components components = document.getComponents();
        Set<String> ofRequests = new HashSet<>();
        Set<String> ofAnswers = new HashSet<>();
        Operations.of(document)
                .forEach(operation -> {
                    RequestBody body = operation.getRequestBody();
                    if (body != null) {
                        collect(body.getContent(), components, ofRequests);
                        // Springdoc takes the null an item of a list may be for one of the list.
                        body.getContent()
                                .values()
                                .forEach(media -> Schemas.withoutNull(media.getSchema()));
                    }
                    operation
                            .getResponses()
                            .values()
                            .forEach(answer -> collect(answer.getContent(), components, ofAnswers));
                });
        components
                .getSchemas()
                .keySet()
                .removeIf(name -> !ofRequests.contains(name) && !ofAnswers.contains(name));
        components
                .getSchemas()
                .forEach((name, schema) -> complete(schema, ofRequests.contains(name)));
    }

    private static void complete(Schema<?> schema, boolean ofRequest) {
        for (Property property : properties(schema)) {
            if (isRequired(property.schema(), ofRequest)) {
                schema.addRequiredItem(property.name());
            }
            if (ofRequest && property.schema().getItems() != null) {
                Schemas.withoutNull(property.schema().getItems()); // null until it was checked
            }
        }
        if (ofRequest) {
            schema.setAdditionalProperties(false);
        }
    }

    private record Property(String name, Schema<?> schema) {}

    private static List<Property> properties(Schema<?> schema) {
        List<Property> properties = new ArrayList<>();
        if (schema.getProperties() != null) {
            schema.getProperties()
                    .forEach((name, value) -> properties.add(new Property(name, value)));
        }
        return properties;
    }

    private static boolean isRequired(Schema<?> property, boolean ofRequest) {
        boolean leftOut =
                property.getExtensions() != null
                        && property.getExtensions().remove(RecordSchemas.LEFT_OUT) != null;
        return !leftOut && !(ofRequest && Schemas.allowsNull(property));
    }

    private static void collect(
            @Nullable Content content, Components components, Set<String> names) {
        if (content != null) {
            content.values().forEach(media -> collect(media.getSchema(), components, names));
        }
    }

    /** The names of the schemas a schema is made of. */
    private static void collect(Schema<?> schema, Components components, Set<String> names) {
        String reference = schema.get$ref();
        if (reference != null) {
            String name = reference.substring(Components.COMPONENTS_SCHEMAS_REF.length());
            if (names.add(name)) {
                collect(
                        Objects.requireNonNull(components.getSchemas().get(name)),
                        components,
                        names);
            }
        }
        if (schema.getItems() != null) {
            collect(schema.getItems(), components, names);
        }
        if (schema.getAnyOf() != null) {
            schema.getAnyOf().forEach(each -> collect(each, components, names));
        }
        properties(schema).forEach(property -> collect(property.schema(), components, names));
    }
}
