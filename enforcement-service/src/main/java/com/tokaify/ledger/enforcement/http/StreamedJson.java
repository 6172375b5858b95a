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
 * Any body there can be, read by Jackson. Streams, because binding to classes costs a third of a
 * check. What the parser complains about is never repeated to the caller: it quotes the body, which
 * may hold a secret.
 */
final class StreamedJson implements JsonBody {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser parser;
    private final List<String> fieldsOfObject = new ArrayList<>();
    private String prefix = "";

    private StreamedJson(JsonParser parser) {
        this.parser = parser;
    }

    static <T> T object(byte[] body, Function<JsonBody, T> object) {
        return read(
                body,
                "must be one JSON object",
                json -> {
                    json.parser.nextToken();
                    return json.item(object);
                });
    }

    static <T> List<T> objects(byte[] body, int maxItems, Function<JsonBody, T> object) {
        return read(
                body,
                "must be one JSON object or a list of them",
                json ->
                        json.parser.nextToken() == JsonToken.START_ARRAY
                                ? json.items(maxItems, object)
                                : List.of(json.item(object)));
    }

    private static <T> T read(byte[] body, String rule, Function<StreamedJson, T> whole) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            StreamedJson json = new StreamedJson(parser);
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

    @Override
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

    @Override
    public @Nullable String text() {
        String field = parser.currentName();
        return switch (parser.nextToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NULL -> null;
            default -> throw invalid(field, TEXT);
        };
    }

    @Override
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
            default -> throw invalid(field, WHOLE_NUMBER);
        };
    }

    @Override
    public String prefix() {
        return prefix;
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
