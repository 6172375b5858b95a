package com.tokaify.ledger.command.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

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
    public static sealed class Conflict extends AppendFailed permits Repeated {
        private static final long serialVersionUID = 1L;

        Conflict(String message, SQLException cause) {
            super(message, cause);
        }
    }

    /**
     * A once-only fact of it is recorded already, by whomever. Look the facts up and decide again.
     */
    public static final class Repeated extends Conflict {
        private static final long serialVersionUID = 1L;

        Repeated(SQLException cause) {
            super("a once-only fact is recorded already", cause);
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
    private static final String ONCE_ONLY = "event_once_key";

    static AppendFailed of(SQLException e) {
        String state = e.getSQLState();
        if (UNIQUE_VIOLATION.equals(state)) {
            return ONCE_ONLY.equals(constraint(e))
                    ? new Repeated(e)
                    : new Conflict("another writer was first", e);
        }
        // 08 connection, 57P shutdown, 53 resources
        boolean passing =
                state == null
                        || state.startsWith("08")
                        || state.startsWith("57P")
                        || state.startsWith("53");
        return passing ? new Unavailable(e) : new Rejected(e);
    }

    /** The name of the constraint that was broken; null where the server does not tell. */
    private static @Nullable String constraint(SQLException e) {
        return e instanceof PSQLException said && said.getServerErrorMessage() != null
                ? said.getServerErrorMessage().getConstraint()
                : null;
    }
}
