package com.tokaify.ledger.enforcement.diagnose;

import com.tokaify.ledger.enforcement.decision.Identity;
import com.tokaify.ledger.enforcement.view.UsedSecret;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.rules.Finding;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A diagnosis as the JSON of {@code POST /v1/diagnose}: {@code valid} and {@code code} as verify
 * would say; where there is a token also {@code tokenId}, {@code accountId}, {@code group}, {@code
 * secret} (null where the id was given), {@code remaining} (units, null is unlimited), {@code
 * expiresAt} (null is never) and {@code position}; then {@code checks}, a list of {@code {check,
 * passed, code, found, facts, message, remedy}}, of which {@code facts} are what {@link
 * Finding#facts} says.
 */
final class DiagnoseAnswer {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int USUAL_BYTES = 4096;

    private DiagnoseAnswer() {}

    static byte[] of(Diagnosis diagnosis) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeBooleanProperty("valid", diagnosis.code() == Code.OK);
            json.writeStringProperty("code", diagnosis.code().name());
            Identity.Known known = diagnosis.known();
            if (known != null) {
                write(json, known, diagnosis);
            }
            json.writeArrayPropertyStart("checks");
            for (Finding finding : diagnosis.findings()) {
                write(json, finding);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Identity.Known known, Diagnosis diagnosis) {
        json.writeStringProperty("tokenId", known.entry().id().toString());
        json.writeStringProperty("accountId", known.entry().account().id().toString());
        json.writeStringProperty("group", known.token().group());
        UsedSecret secret = known.secret();
        json.writeStringProperty("secret", secret == null ? null : secret.toString());
        Long remaining = known.facts(diagnosis.check()).remaining();
        if (remaining == null) {
            json.writeNullProperty("remaining");
        } else {
            json.writeNumberProperty("remaining", remaining);
        }
        json.writeStringProperty("expiresAt", textOf(known.token().expiresAt()));
        json.writeStringProperty("position", known.position().toString());
    }

    private static void write(JsonGenerator json, Finding finding) {
        json.writeStartObject();
        json.writeStringProperty("check", finding.check());
        json.writeBooleanProperty("passed", finding.passed());
        json.writeStringProperty("code", finding.code().name());
        json.writeStringProperty("found", finding.found().name());
        writeFacts(json, finding.facts());
        json.writeStringProperty("message", finding.message());
        json.writeStringProperty("remedy", finding.remedy());
        json.writeEndObject();
    }

    private static void writeFacts(JsonGenerator json, Map<String, Object> facts) {
        json.writeObjectPropertyStart("facts");
        facts.forEach((name, fact) -> {
            json.writeName(name);
            write(json, fact);
        });
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Object fact) {
        switch (fact) {
            case Number number -> json.writeNumber(number.longValue());
            case Collection<?> several -> {
                json.writeStartArray();
                several.forEach(one -> write(json, one));
                json.writeEndArray();
            }
            default -> json.writeString(fact.toString());
        }
    }

    private static @Nullable String textOf(@Nullable Instant instant) {
        return Objects.toString(instant, null);
    }
}
