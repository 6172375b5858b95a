package com.tokaify.ledger.service.problem;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What callers call the types our fields have. */
final class JsonWords {
    private JsonWords() {}

    static String of(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type == long.class
                || type == Long.class
                || type == int.class
                || type == Integer.class) {
            return "a whole number";
        }
        if (type == Instant.class) {
            return "an instant in ISO-8601 UTC, e.g. 2027-01-31T12:00:00Z";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (type.isEnum()) {
            return "one of " + String.join(", ", enumWords(type));
        }
        return type == String.class ? "a text" : "an object";
    }

    private static String[] enumWords(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        String[] words = new String[constants.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = constants[i].toString();
        }
        return words;
    }
}
