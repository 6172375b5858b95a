package com.tokaify.ledger.query.audit;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.exc.JacksonIOException;

/**
 * The answer to one export. Begins with the first event, so that a question PostgreSQL cannot
 * answer is still told as a problem. One thread.
 */
final class ExportAnswer {
    /** More than a network packet, less than anybody misses. */
    private static final int BUFFER_BYTES = 1 << 16;

    private static final DateTimeFormatter IN_FILE_NAMES =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final HttpServletResponse response;
    private final ExportFormat format;
    private final Instant asOf;
    private final long deadline;
    private @Nullable ExportLines lines;
    private long events;

    ExportAnswer(
            HttpServletResponse response, ExportFormat format, Instant asOf, Duration longest) {
        this.response = response;
        this.format = format;
        this.asOf = asOf;
        this.deadline = System.nanoTime() + longest.toNanos();
    }

    /** Nobody takes the rest of the answer. */
    static final class ReceiverGone extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        ReceiverGone(IOException cause) {
            super(cause);
        }
    }

    boolean hasBegun() {
        return lines != null;
    }

    long events() {
        return events;
    }

    /**
     * @throws ReceiverGone where nobody takes it
     * @throws IllegalStateException where it takes too long
     */
    void write(AuditEvent event) {
        if (System.nanoTime() - deadline > 0) {
            throw new IllegalStateException("it takes too long");
        }
        try {
            begun().write(event);
            events++;
        } catch (IOException e) {
            throw new ReceiverGone(e);
        } catch (JacksonIOException e) {
            throw new ReceiverGone(new IOException(e));
        }
    }

    /** All there is has been written. */
    void end() {
        try {
            begun().end(events);
        } catch (IOException e) {
            throw new ReceiverGone(e);
        } catch (JacksonIOException e) {
            throw new ReceiverGone(new IOException(e));
        }
    }

    private ExportLines begun() throws IOException {
        if (lines == null) {
            response.setContentType(format.contentType());
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename("ledger-events-" + IN_FILE_NAMES.format(asOf) + "." + format)
                            .build()
                            .toString());
            ExportLines begun =
                    format.linesTo(
                            new BufferedOutputStream(response.getOutputStream(), BUFFER_BYTES));
            lines = begun;
            response.flushBuffer();
            begun.begin();
        }
        return lines;
    }
}
