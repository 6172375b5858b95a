package com.tokaify.ledger.enforcement.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.authz.AuthzEndpoint;
import com.tokaify.ledger.enforcement.diagnose.DiagnoseEndpoint;
import com.tokaify.ledger.enforcement.reservation.ReservationEndpoint;
import com.tokaify.ledger.enforcement.usage.UsageEndpoint;
import com.tokaify.ledger.enforcement.verify.VerifyEndpoint;
import com.tokaify.ledger.enforcement.view.UsedSecret;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.rules.Found;
import com.tokaify.ledger.testkit.openapi.ApiDocument;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The document that is kept by hand. {@code EnforcementServiceIT} holds answers to it. */
class OpenApiTest {
    private static ApiDocument document;

    @BeforeAll
    static void read() throws Exception {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi.json")) {
            document = ApiDocument.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Tools of any language can read it, and people too. */
    @Test
    void theDocumentIsValidAndSaysWhatEachOperationDoes() {
        assertThat(document.errors()).isEmpty();
        assertThat(document.operationsWithoutSummary()).isEmpty();
    }

    /** Every endpoint is told of, under its own path. */
    @Test
    void everyEndpointIsInTheDocument() {
        assertThat(document.operations())
                .containsExactlyInAnyOrder(
                        "get " + AuthzEndpoint.PATH,
                        "post " + DiagnoseEndpoint.PATH,
                        "post " + ReservationEndpoint.PATH,
                        "post " + ReservationEndpoint.PATH + "/{id}/release",
                        "post " + ReservationEndpoint.PATH + "/{id}/settle",
                        "post " + UsageEndpoint.PATH,
                        "post " + VerifyEndpoint.PATH,
                        "get /v1/view");
    }

    /** The closed vocabularies are told whole, and nothing else. */
    @Test
    void everyWordIsInTheDocument() {
        assertThat(words("Code")).isEqualTo(texts(Arrays.stream(Code.values())));
        assertThat(words("Finding/properties/found"))
                .isEqualTo(texts(Arrays.stream(Found.values())));
        assertThat(words("Decision/properties/secret"))
                .isEqualTo(texts(Arrays.stream(UsedSecret.values())));
    }

    private static List<String> words(String place) {
        return document.json()
                .at("/components/schemas/" + place + "/enum")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private static List<String> texts(Stream<?> values) {
        return values.map(Object::toString).toList();
    }
}
