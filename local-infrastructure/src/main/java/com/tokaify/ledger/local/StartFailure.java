package com.tokaify.ledger.local;

import java.io.Serial;
import java.util.List;

/**
 * Something this machine should have run did not come up: one line for a person, and the last lines
 * of the failed process's log, where there are any, to say why. The message has both.
 */
public final class StartFailure extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final String line;
    private final transient List<String> logTail;

    public StartFailure(String line) {
        this(line, List.of());
    }

    public StartFailure(String line, List<String> logTail) {
        super(logTail.isEmpty() ? line : line + "\n    " + String.join("\n    ", logTail));
        this.line = line;
        this.logTail = List.copyOf(logTail);
    }

    public String line() {
        return line;
    }

    public List<String> logTail() {
        return logTail;
    }
}
