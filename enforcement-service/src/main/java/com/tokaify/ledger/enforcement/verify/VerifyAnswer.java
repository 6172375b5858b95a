package com.tokaify.ledger.enforcement.verify;

import com.tokaify.ledger.enforcement.decision.Decision;
import com.tokaify.ledger.events.rules.Code;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A decision as the JSON of {@code POST /v1/verify}: always {@code valid}, {@code code} and {@code
 * message}; where the secret matched also {@code tokenId}, {@code accountId}, {@code group}, {@code
 * secret} (which: {@code current} or {@code previous}), {@code remaining} (units, null is
 * unlimited), {@code expiresAt} (null is never) and {@code position}; where waiting helps, {@code
 * retryAfterSeconds}.
 */
public final class VerifyAnswer {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int USUAL_BYTES = 512;

    private VerifyAnswer() {}

    static byte[] of(Decision decision) {
        return of(decision, _ -> {});
    }

    /** The same with more at its end, for answers that are a decision and something beside it. */
    public static byte[] of(Decision decision, Consumer<JsonGenerator> more) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeBooleanProperty("valid", decision.code() == Code.OK);
            json.writeStringProperty("code", decision.code().name());
            json.writeStringProperty("message", decision.message());
            switch (decision) {
                case Decision.Unidentified _ -> {}
                case Decision.Identified token -> write(json, token);
            }
            more.accept(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Decision.Identified token) {
        json.writeStringProperty("tokenId", token.tokenId().toString());
        json.writeStringProperty("accountId", token.accountId().toString());
        json.writeStringProperty("group", token.group());
        json.writeStringProperty("secret", token.secret().toString());
        Long remaining = token.remaining();
        if (remaining == null) {
            json.writeNullProperty("remaining");
        } else {
            json.writeNumberProperty("remaining", remaining);
        }
        json.writeStringProperty("expiresAt", textOf(token.expiresAt()));
        json.writeStringProperty("position", token.position().toString());
        if (token.retryAfterSeconds() > 0) {
            json.writeNumberProperty("retryAfterSeconds", token.retryAfterSeconds());
        }
    }

    private static @Nullable String textOf(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
