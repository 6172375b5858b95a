package com.tokaify.ledger.enforcement.authz;

import com.tokaify.ledger.events.InvalidField;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Finds the {@code model} of an application's request. Streams and skips: of a prompt nothing is
 * made but the names of the outermost fields.
 *
 * <p>The body is somebody else's contract, so any other field may be there. But two models are
 * refused, also where they differ in case: of two fields of a name one JSON reader takes the first,
 * most the last, and Go's does not look at case, so the one that is judged would not be the one
 * that is called.
 */
final class ModelInBody {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String FIELD = "model";

    private ModelInBody() {}

    /**
     * The model; null where the body names none.
     *
     * @throws InvalidField where the body is not JSON, or its model is no text or given twice
     */
    static @Nullable String find(byte[] body) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            String model = null;
            boolean given = false;
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                for (String field = parser.nextName(); field != null; field = parser.nextName()) {
                    JsonToken value = parser.nextToken();
                    if (!FIELD.equalsIgnoreCase(field)) {
                        parser.skipChildren();
                        continue;
                    }
                    if (given) {
                        throw new InvalidField(FIELD, "must be given once");
                    }
                    given = true;
                    model = text(parser, value);
                }
            } else {
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                throw notJson();
            }
            return model;
        } catch (JacksonException e) {
            throw notJson();
        }
    }

    private static @Nullable String text(JsonParser parser, JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value != JsonToken.VALUE_STRING) {
            throw new InvalidField(FIELD, "must be a text");
        }
        return parser.getString();
    }

    /** What the parser complains about is not repeated: it quotes the body. */
    private static InvalidField notJson() {
        return new InvalidField("body", "must be one JSON value, as its content type says");
    }
}
