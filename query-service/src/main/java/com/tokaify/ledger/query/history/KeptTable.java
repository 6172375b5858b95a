package com.tokaify.ledger.query.history;

import com.tokaify.ledger.query.sql.Columns;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code history_kept}: from when on events are there. */
final class KeptTable {
    private final JdbcClient jdbc;

    KeptTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty where all are. */
    Optional<Instant> since() {
        return jdbc.sql("SELECT since FROM history_kept")
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /** What was recorded before is gone; it never comes back. */
    void forgetBefore(Instant instant) {
        jdbc.sql(
                        """
                        INSERT INTO history_kept AS stored (single, since) VALUES (true, :since)
                        ON CONFLICT (single) DO UPDATE SET since = greatest(stored.since, EXCLUDED.since)
                        """)
                .param("since", Columns.timestamp(instant))
                .update();
    }
}
