package com.tokaify.ledger.enforcement.http;

import com.tokaify.ledger.events.InvalidField;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A strict reader of small requests: one flat object of texts and whole numbers, or a list of such
 * objects. Streams, because binding to classes costs a third of a check. An unknown or repeated
 * field, another type, trailing bytes and a list that is too long are {@link InvalidField}s that
 * name the place, e.g. {@code [3].amount}. What the parser complains about is never repeated to the
 * caller: it quotes the body, which may hold a secret.
 *
 * <p>Used by the one thread that reads the request.
 */
public final class JsonBody {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser parser;
    private final List<String> fieldsOfObject = new ArrayList<>();
    private String prefix = "";

    private JsonBody(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads a body that is one object. */
    public static <T> T object(byte[] body, Function<JsonBody, T> object) {
        return read(
                body,
                "must be one JSON object",
                json -> {
                    json.parser.nextToken();
                    return json.item(object);
                });
    }

    /** Reads a body that is one object, or a list of 1 to {@code maxItems} of them. */
    public static <T> List<T> objects(byte[] body, int maxItems, Function<JsonBody, T> object) {
        return read(
                body,
                "must be one JSON object or a list of them",
                json ->
                        json.parser.nextToken() == JsonToken.START_ARRAY
                                ? json.items(maxItems, object)
                                : List.of(json.item(object)));
    }

    private static <T> T read(byte[] body, String rule, Function<JsonBody, T> whole) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            JsonBody json = new JsonBody(parser);
            T value = whole.apply(json);
            json.expect(parser.nextToken() == null);
            return value;
        } catch (JacksonException | Malformed e) {
            throw new InvalidField("body", rule);
        }
    }

    private <T> List<T> items(int maxItems, Function<JsonBody, T> object) {
        List<T> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            prefix = "[" + items.size() + "].";
            if (items.size() == maxItems) {
                throw new InvalidField("body", "must have at most " + maxItems + " items");
            }
            items.add(item(object));
        }
        if (items.isEmpty()) {
            throw new InvalidField("body", "must have at least one item");
        }
        return items;
    }

    private <T> T item(Function<JsonBody, T> object) {
        expect(parser.currentToken() == JsonToken.START_OBJECT);
        fieldsOfObject.clear();
        return object.apply(this);
    }

    /** The name of the object's next field, or null after the last. Its value must be read then. */
    public @Nullable String nextField() {
        String field = parser.nextName();
        if (field == null) {
            expect(parser.currentToken() == JsonToken.END_OBJECT);
            return null;
        }
        if (fieldsOfObject.contains(field)) {
            throw invalid(field, "must be given once");
        }
        fieldsOfObject.add(field);
        return field;
    }

    /** The value of the field at hand; a JSON null is null. */
    public @Nullable String text() {
        String field = parser.currentName();
        return switch (parser.nextToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NULL -> null;
            default -> throw invalid(field, "must be a text");
        };
    }

    /** The value of the field at hand; a JSON null is null. */
    public @Nullable Long wholeNumber() {
        String field = parser.currentName();
        return switch (parser.nextToken()) {
            case VALUE_NUMBER_INT -> {
                if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    throw invalid(field, "must be a whole number of at most 64 bits");
                }
                yield parser.getLongValue();
            }
            case VALUE_NULL -> null;
            default -> throw invalid(field, "must be a whole number");
        };
    }

    public InvalidField unknown(String field) {
        return invalid(field, "is not a field of this request");
    }

    /**
     * Where the object at hand stands, to begin the names of its fields with, e.g. {@code [3].}.
     */
    public String prefix() {
        return prefix;
    }

    private InvalidField invalid(String field, String rule) {
        return new InvalidField(prefix + field, rule);
    }

    private void expect(boolean wellFormed) {
        if (!wellFormed) {
            throw new Malformed();
        }
    }

    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
