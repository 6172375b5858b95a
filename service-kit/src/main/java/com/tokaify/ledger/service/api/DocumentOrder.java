package com.tokaify.ledger.service.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Comparator;
import java.util.TreeMap;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** The same document for the same service, whatever order its parts were found in. */
final class DocumentOrder implements GlobalOpenApiCustomizer {

    @Override
    public void customise(OpenAPI document) {
        Paths paths = new Paths();
        new TreeMap<>(document.getPaths()).forEach(paths::addPathItem);
        document.setPaths(paths);
        document.getComponents().setSchemas(new TreeMap<>(document.getComponents().getSchemas()));
        if (document.getTags() != null) {
            document.setTags(
                    document.getTags().stream()
                            .sorted(Comparator.comparing(Tag::getName))
                            .toList());
        }
        // By status, the digits before the word "default".
        Operations.of(document)
                .forEach(operation -> {
                    ApiResponses responses = new ApiResponses();
                    new TreeMap<>(operation.getResponses()).forEach(responses::addApiResponse);
                    operation.setResponses(responses);
                });
    }
}
