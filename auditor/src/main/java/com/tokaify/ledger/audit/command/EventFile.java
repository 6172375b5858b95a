package com.tokaify.ledger.audit.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.tokaify.ledger.audit.pack.Evidence;
import com.tokaify.ledger.audit.source.EventSource;
import com.tokaify.ledger.audit.source.FileSource;
import com.tokaify.ledger.audit.source.SourceFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A file with events: a whole export of query-service, or an evidence pack. */
final class EventFile {
    /** What every zip file begins with, and no line of JSON. */
    private static final byte[] ZIP = "PK".getBytes(US_ASCII);

    private EventFile() {}

    /**
     * @throws SourceFailed where it is neither
     */
    static EventSource open(Path file) {
        return isZip(file) ? Evidence.open(file) : FileSource.open(file);
    }

    private static boolean isZip(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        } catch (IOException e) {
            throw new SourceFailed("cannot read " + file, e);
        }
    }
}
