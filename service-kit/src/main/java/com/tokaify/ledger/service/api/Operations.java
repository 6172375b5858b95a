package com.tokaify.ledger.service.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import java.util.stream.Stream;

/** All operations of a document. */
final class Operations {
    private Operations() {}

    static Stream<Operation> of(OpenAPI document) {
        return document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream());
    }
}
