package com.tokaify.ledger.enforcement.usage;

/**
 * Not all reports of a request are durable. Some may be; sending them again with the same usage ids
 * books each once.
 */
public final class UsageNotRecorded extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    /**
     * @param why one sentence for people
     */
    UsageNotRecorded(String why) {
        super(why);
        this.why = why;
    }

    UsageNotRecorded(String why, Exception cause) {
        super(why, cause);
        this.why = why;
    }

    String why() {
        return why;
    }
}
