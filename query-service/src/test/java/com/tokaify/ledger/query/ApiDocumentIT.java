package com.tokaify.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.openapi.ApiDocument;
import com.tokaify.ledger.testkit.openapi.CommittedDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The OpenAPI document this service serves. {@link RunningQueryService} holds answers to it. */
class ApiDocumentIT {
    private static final int PARTITIONS = 1;

    private static RunningQueryService service;
    private static ApiDocument document;

    @BeforeAll
    static void start() throws Exception {
        LedgerInfrastructure infrastructure = LedgerInfrastructure.get();
        infrastructure.recreateTopics(PARTITIONS);
        service = RunningQueryService.start(infrastructure.newQueryDatabase(), PARTITIONS);
        document = service.contract().document();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Nobody changes the API without its being seen. */
    @Test
    void theDocumentIsTheCommittedOne() throws Exception {
        CommittedDocument.of("query-service").assertIs(document);
    }

    /** Tools of any language can read it, and people too. */
    @Test
    void theDocumentIsValidAndSaysWhatEachOperationDoes() {
        assertThat(document.errors()).isEmpty();
        assertThat(document.operations()).isNotEmpty();
        assertThat(document.operationsWithoutSummary()).isEmpty();
    }

    /** The page that shows it comes from here and asks nobody else. */
    @Test
    void swaggerUiIsServed() {
        assertThat(service.get("/swagger-ui/index.html").statusCode()).isEqualTo(200);
        assertThat(service.get("/v3/api-docs/swagger-config").body())
                .contains("\"url\":\"/v3/api-docs\"")
                .contains("\"validatorUrl\":\"\"");
    }
}
