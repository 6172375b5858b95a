package com.tokaify.ledger.command.store;

import java.sql.SQLException;

/** An append that is not in the ledger, or of which nobody knows. */
public abstract sealed class AppendFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private AppendFailed(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Somebody else has written the same place of a stream, or the same once-only fact. Reload and
     * decide again.
     */
    public static final class Conflict extends AppendFailed {
        private static final long serialVersionUID = 1L;

        Conflict(SQLException cause) {
            super("another writer was first", cause);
        }
    }

    /**
     * The database did not answer. Whether the events are in the ledger is not known; the same
     * command with the same usage id or reference finds out.
     */
    public static final class Unavailable extends AppendFailed {
        private static final long serialVersionUID = 1L;

        Unavailable(Throwable cause) {
            super("the event store is not available", cause);
        }
    }

    /** The database refused the rows. Not in the ledger. */
    public static final class Rejected extends AppendFailed {
        private static final long serialVersionUID = 1L;

        Rejected(Throwable cause) {
            super("the event store refused the append", cause);
        }
    }

    private static final String UNIQUE_VIOLATION = "23505";

    static AppendFailed of(SQLException e) {
        String state = e.getSQLState();
        if (UNIQUE_VIOLATION.equals(state)) {
            return new Conflict(e);
        }
        // 08 connection, 57P shutdown, 53 resources
        boolean passing =
                state == null
                        || state.startsWith("08")
                        || state.startsWith("57P")
                        || state.startsWith("53");
        return passing ? new Unavailable(e) : new Rejected(e);
    }
}
