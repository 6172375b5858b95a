package com.tokaify.ledger.query.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.InvalidField;
import java.io.OutputStream;
import java.util.Locale;

/** What an export is written as. */
enum ExportFormat {
    /** For programs: an event a line, nothing lost, and a last line that says it is all. */
    NDJSON("application/x-ndjson"),
    /** For people with spreadsheets. */
    CSV("text/csv;charset=utf-8;header=present");

    private final String word = name().toLowerCase(Locale.ROOT);
    private final String contentType;

    ExportFormat(String contentType) {
        this.contentType = contentType;
    }

    static ExportFormat parse(String field, String text) {
        for (ExportFormat format : values()) {
            if (format.word.equals(text)) {
                return format;
            }
        }
        throw new InvalidField(field, "must be ndjson or csv");
    }

    String contentType() {
        return contentType;
    }

    ExportLines linesTo(OutputStream out) {
        return switch (this) {
            case NDJSON -> new NdjsonLines(out);
            case CSV -> new CsvLines(out);
        };
    }

    /** Also the ending of a file's name. */
    @JsonValue
    @Override
    public String toString() {
        return word;
    }
}
