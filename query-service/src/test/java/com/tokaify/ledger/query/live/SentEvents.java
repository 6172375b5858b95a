package com.tokaify.ledger.query.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads server-sent events as the standard tells browsers to: line by line, the id remembered also
 * where there is no data, and nothing dispatched that does not end in an empty line.
 */
final class SentEvents {
    private final BufferedReader lines;
    private volatile String lastId;

    /**
     * @param lastId of the connection before; empty where there was none
     */
    SentEvents(BufferedReader lines, String lastId) {
        this.lines = lines;
        this.lastId = lastId;
    }

    /** An event with data. */
    record SentEvent(String name, String data) {}

    /** What the next connection sends as {@code Last-Event-ID}. */
    String lastId() {
        return lastId;
    }

    /** Waits for an event; empty where the stream ended. */
    Optional<SentEvent> next() throws IOException {
        String id = lastId;
        String name = "";
        StringBuilder data = new StringBuilder();
        String line = lines.readLine();
        while (line != null) {
            if (line.isEmpty()) {
                lastId = id;
                if (!data.isEmpty()) {
                    return Optional.of(new SentEvent(name, data.toString()));
                }
                name = "";
            } else if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                data.append(line, "data: ".length(), line.length());
            }
            line = lines.readLine();
        }
        return Optional.empty();
    }
}
