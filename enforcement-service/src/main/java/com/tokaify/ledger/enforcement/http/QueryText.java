package com.tokaify.ledger.enforcement.http;

import com.tokaify.ledger.events.InvalidField;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads single parameters of a query without building a map of all. The servlet's own parameters
 * would do that, and swallow the body of a form.
 */
public final class QueryText {
    private QueryText() {}

    /**
     * The decoded value of a parameter; null where it is absent or empty.
     *
     * @throws InvalidField where it is given twice, since servers differ in which one they take
     */
    public static @Nullable String value(@Nullable String query, String name) {
        if (query == null || query.isEmpty()) {
            return null;
        }
        String found = null;
        for (int begin = 0; begin <= query.length(); ) {
            int ampersand = query.indexOf('&', begin);
            int end = ampersand < 0 ? query.length() : ampersand;
            String value = valueIn(query, begin, end, name);
            if (value != null) {
                if (found != null) {
                    throw new InvalidField(name, "must be given once");
                }
                found = value;
            }
            begin = end + 1;
        }
        return found == null || found.isEmpty() ? null : found;
    }

    private static @Nullable String valueIn(String query, int begin, int end, String name) {
        int equals = query.indexOf('=', begin);
        int nameEnd = equals < 0 || equals > end ? end : equals;
        boolean same =
                query.substring(begin, nameEnd).equals(name)
                        || (query.indexOf('%', begin) >= 0
                                && decoded(name, query.substring(begin, nameEnd)).equals(name));
        if (!same) {
            return null;
        }
        return nameEnd == end ? "" : decoded(name, query.substring(nameEnd + 1, end));
    }

    public static String decoded(String field, String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidField(field, "must be percent-encoded");
        }
    }
}
