package com.tokaify.ledger.enforcement.authz;

import com.tokaify.ledger.enforcement.authz.AuthzOptions.ErrorFormat;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * A refusal as the JSON that a client's library understands: OpenAI's {@code
 * {"error":{message,type,param,code}}}, or Anthropic's {@code
 * {"type":"error","error":{type,message},"request_id"}}. One line of ASCII, so that it fits into a
 * header too.
 */
final class ErrorBody {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final int USUAL_BYTES = 256;

    private ErrorBody() {}

    static byte[] of(Refusal refusal, ErrorFormat format, @Nullable String requestId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            switch (format) {
                case OPENAI -> openAi(json, refusal);
                case ANTHROPIC -> anthropic(json, refusal, requestId);
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void openAi(JsonGenerator json, Refusal refusal) {
        json.writeObjectPropertyStart("error");
        json.writeStringProperty("message", refusal.message());
        json.writeStringProperty("type", refusal.type());
        json.writeStringProperty("param", refusal.param());
        json.writeStringProperty("code", refusal.code());
        json.writeEndObject();
    }

    private static void anthropic(JsonGenerator json, Refusal refusal, @Nullable String requestId) {
        json.writeStringProperty("type", "error");
        json.writeObjectPropertyStart("error");
        json.writeStringProperty("type", anthropicType(refusal.status()));
        json.writeStringProperty("message", refusal.message());
        json.writeEndObject();
        json.writeStringProperty("request_id", requestId);
    }

    private static String anthropicType(int status) {
        return switch (status) {
            case 400 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> "api_error";
        };
    }
}
