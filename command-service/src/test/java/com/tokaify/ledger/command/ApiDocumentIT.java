package com.tokaify.ledger.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.openapi.ApiDocument;
import com.tokaify.ledger.testkit.openapi.CommittedDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The OpenAPI document this service serves. {@link RunningCommandService} holds answers to it. */
class ApiDocumentIT {
    private static RunningCommandService service;
    private static ApiDocument document;

    @BeforeAll
    static void start() throws Exception {
        LedgerInfrastructure infrastructure = LedgerInfrastructure.get();
        infrastructure.recreateTopics(LedgerInstance.PARTITIONS);
        service = RunningCommandService.on(infrastructure.newLedgerDatabase());
        document = service.contract().document();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Nobody changes the API without its being seen. */
    @Test
    void theDocumentIsTheCommittedOne() throws Exception {
        CommittedDocument.of("command-service").assertIs(document);
    }

    /** Tools of any language can read it, and people too. */
    @Test
    void theDocumentIsValidAndSaysWhatEachOperationDoes() {
        assertThat(document.errors()).isEmpty();
        assertThat(document.operations()).isNotEmpty();
        assertThat(document.operationsWithoutSummary()).isEmpty();
    }
}
