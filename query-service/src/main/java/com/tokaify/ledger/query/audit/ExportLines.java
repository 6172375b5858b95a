package com.tokaify.ledger.query.audit;

import java.io.IOException;

/** Writes the lines of one export to where it goes. One thread. */
sealed interface ExportLines permits NdjsonLines, CsvLines {

    /** What comes before the first event. */
    void begin() throws IOException;

    void write(AuditEvent event) throws IOException;

    /**
     * What comes after the last event; everything is with the stream below then.
     *
     * @param events how many were written
     */
    void end(long events) throws IOException;
}
