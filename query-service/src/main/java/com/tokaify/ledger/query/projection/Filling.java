package com.tokaify.ledger.query.projection;

import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Views that are made from nothing of a long backlog do without the indexes that only readers need,
 * until the backlog is in them. Nobody relies on such a view: its service is not ready, or it has
 * not been swapped yet. See decision 0032.
 *
 * <p>That a view is being filled is known to PostgreSQL: the indexes to be made stand in a table.
 * So whoever goes on after a crash, and any other instance, knows it too.
 */
final class Filling {
    /** Checkpoints are folded from it. */
    private static final Set<String> NEEDED_BY_PROJECTIONS = Set.of("event_of_stream");

    private static final String PATIENCE_TO_BEGIN = "500ms";

    /** Longer than it takes PostgreSQL to send its own vacuum away. */
    private static final String PATIENCE_TO_END = "2s";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Filling(DataSource source) {
        this.jdbc = JdbcClient.create(source);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    /** Whether the view is being filled. */
    boolean isOn() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM index_to_make)").query(Boolean.class).single();
    }

    /**
     * Drops the indexes, if the view is still empty and nobody is in the way.
     *
     * @return whether it is being filled now
     */
    boolean begin() {
        return ViewSchemas.unlessLocked(() ->
                transaction.execute(_ -> {
                    lockPositions(PATIENCE_TO_BEGIN);
                    if (!isEmpty()) {
                        return isOn();
                    }
                    noteIndexes().forEach(name -> jdbc.sql("DROP INDEX \"" + name + '"').update());
                    return isOn();
                }));
    }

    /**
     * Makes the indexes, during which nothing is written. In one transaction, so that it is done or
     * still to be done.
     *
     * @return false where somebody was in the way
     */
    boolean end() {
        return ViewSchemas.unlessLocked(() ->
                transaction.execute(_ -> {
                    lockPositions(PATIENCE_TO_END);
                    // Sorting in memory what would go through temporary files.
                    jdbc.sql("SET LOCAL maintenance_work_mem = '128MB'").update();
                    definitions().forEach(definition -> jdbc.sql(definition).update());
                    jdbc.sql("DELETE FROM index_to_make").update();
                    return true;
                }));
    }

    /** Before all else, as every writer does: nobody writes until this transaction ends. */
    private void lockPositions(String patience) {
        ViewSchemas.limitWaiting(jdbc, patience);
        jdbc.sql("LOCK TABLE projection_position IN EXCLUSIVE MODE").update();
    }

    private boolean isEmpty() {
        return jdbc.sql("SELECT NOT EXISTS (SELECT FROM projection_position WHERE pseq > 0)")
                .query(Boolean.class)
                .single();
    }

    /** A unique index is a rule, not a way to find something: it stays. */
    private List<String> noteIndexes() {
        return jdbc.sql(
                        """
                        INSERT INTO index_to_make (name, definition)
                        SELECT relname, replace(pg_get_indexdef(indexrelid, 0, true), ' ON ONLY ', ' ON ')
                        FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
                        WHERE relnamespace = CAST(quote_ident(current_schema) AS regnamespace)
                              AND NOT indisunique AND NOT relispartition AND relname <> ALL (:needed)
                        RETURNING name
                        """)
                .param("needed", NEEDED_BY_PROJECTIONS.toArray(String[]::new))
                .query((row, _) -> row.getString("name"))
                .list();
    }

    private List<String> definitions() {
        return jdbc.sql("SELECT definition FROM index_to_make ORDER BY name")
                .query((row, _) -> row.getString("definition"))
                .list();
    }
}
