package com.tokaify.ledger.standalone;

import java.io.Serial;

/** The ledger is not started, for a reason the person who asked can mend; told in one line. */
final class Refusal extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final String line;

    Refusal(String line) {
        super(line);
        this.line = line;
    }

    String line() {
        return line;
    }
}
