package com.tokaify.ledger.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Events as CSV after RFC 4180: CRLF, every line with the same fields, quotes where they are needed
 * and doubled inside.
 *
 * <p>Spreadsheets take a cell that begins with {@code = + - @}, a tab or a line break for a formula
 * and may run it; a correlation id may begin so, and callers choose it. Such a text gets an
 * apostrophe before it, and so does one that begins with an apostrophe: whoever takes one
 * apostrophe away from wherever there is one has the very text again.
 */
final class CsvLines implements ExportLines {
    private static final String NAMES =
            "id,recordedAt,type,subject,accountId,actor,correlationId,position,sequence,data\r\n";
    private static final String BEGINS_A_FORMULA = "=+-@\t\r\n'";

    private final OutputStream out;
    private final StringBuilder line = new StringBuilder();

    CsvLines(OutputStream out) {
        this.out = out;
    }

    @Override
    public void begin() throws IOException {
        out.write(NAMES.getBytes(UTF_8));
    }

    @Override
    public void write(AuditEvent event) throws IOException {
        line.setLength(0);
        cell(event.id()).append(',');
        cell(event.recordedAt().toString()).append(',');
        cell(event.type()).append(',');
        cell(event.subject()).append(',');
        cell(Objects.toString(event.accountId(), "")).append(',');
        cell(event.actor()).append(',');
        cell(event.correlationId()).append(',');
        cell(event.position()).append(',');
        line.append(event.sequence()).append(',');
        cell(event.data()).append("\r\n");
        out.write(line.toString().getBytes(UTF_8));
    }

    @Override
    public void end(long events) throws IOException {
        out.flush();
    }

    private StringBuilder cell(String text) {
        boolean guarded = !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
        boolean quoted = needsQuotes(text);
        if (quoted) {
            line.append('"');
        }
        if (guarded) {
            line.append('\'');
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                line.append('"');
            }
            line.append(c);
        }
        return quoted ? line.append('"') : line;
    }

    private static boolean needsQuotes(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' || c == '"' || c == '\r' || c == '\n') {
                return true;
            }
        }
        return false;
    }
}
