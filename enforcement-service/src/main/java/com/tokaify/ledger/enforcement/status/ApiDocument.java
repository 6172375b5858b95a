package com.tokaify.ledger.enforcement.status;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /v3/api-docs}: the OpenAPI document, where the other services have theirs. Kept by
 * hand, since most endpoints here are servlets nobody could generate it from; tests hold every
 * answer to it.
 */
@RestController
@ConditionalOnBooleanProperty("springdoc.api-docs.enabled")
final class ApiDocument {
    private static final Resource DOCUMENT = new ClassPathResource("openapi.json");

    @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
    Resource document() {
        return DOCUMENT;
    }
}
