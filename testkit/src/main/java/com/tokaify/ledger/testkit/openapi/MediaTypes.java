package com.tokaify.ledger.testkit.openapi;

import java.util.Locale;

/** The names of media types, as far as a document tells them apart. */
final class MediaTypes {
    private MediaTypes() {}

    /** Without its parameters. */
    static String base(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    static boolean isJson(String type) {
        return type.endsWith("/json") || type.endsWith("+json");
    }
}
