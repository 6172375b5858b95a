package com.tokaify.ledger.enforcement.http;

import com.tokaify.ledger.events.InvalidField;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A strict reader of small requests: one flat object of texts and whole numbers, or a list of such
 * objects. An unknown or repeated field, another type, trailing bytes and a list that is too long
 * are {@link InvalidField}s that name the place, e.g. {@code [3].amount}.
 *
 * <p>Used by the one thread that reads the request.
 */
public sealed interface JsonBody permits PlainJson, StreamedJson {
    /** The rules of a field's type, the same in whichever way the body is read. */
    String TEXT = "must be a text";

    String WHOLE_NUMBER = "must be a whole number";

    /**
     * Reads a body that is one object.
     *
     * @param object reads every field
     */
    static <T> T object(byte[] body, Function<JsonBody, T> object) {
        PlainJson plain = PlainJson.of(body);
        return plain == null ? StreamedJson.object(body, object) : object.apply(plain);
    }

    /** Reads a body that is one object, or a list of 1 to {@code maxItems} of them. */
    static <T> List<T> objects(byte[] body, int maxItems, Function<JsonBody, T> object) {
        return StreamedJson.objects(body, maxItems, object);
    }

    /** The name of the object's next field, or null after the last. Its value must be read then. */
    @Nullable String nextField();

    /** The value of the field at hand; a JSON null is null. */
    @Nullable String text();

    /** The value of the field at hand; a JSON null is null. */
    @Nullable Long wholeNumber();

    /**
     * Where the object at hand stands, to begin the names of its fields with, e.g. {@code [3].}.
     */
    String prefix();

    default InvalidField unknown(String field) {
        return invalid(field, "is not a field of this request");
    }

    /** What is said of a field of the object at hand. */
    default InvalidField invalid(String field, String rule) {
        return new InvalidField(prefix() + field, rule);
    }
}
