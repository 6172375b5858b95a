package com.tokaify.ledger.events.codec;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Reads a time only as ISO-8601 text with its zone. Jackson's own reader would also take seconds
 * since 1970, as a number or as a text, and blanks around them.
 */
final class InstantAsText extends StdScalarDeserializer<Instant> {
    InstantAsText() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return context.reportInputMismatch(this, "must be a time as text");
        }
        String text = parser.getString();
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return context.reportInputMismatch(
                    this, "must be a time such as 2026-11-23T10:32:00Z, not '%s'", text);
        }
    }
}
