package com.tokaify.ledger.query.projection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The schema of the live views, the one beside it in which they are built anew, and how the second
 * takes the place of the first. Opened for one rebuild, with connections of its own whose names
 * mean the second schema.
 *
 * <p>Which schema is meant is decided by its name alone, wherever a statement names a table: so
 * that exchanging two names, in one transaction, exchanges all views for all instances. A statement
 * under way goes on reading the tables it has begun with; the next one, prepared or not, finds the
 * new ones. See decision 0023.
 */
final class ViewSchemas implements AutoCloseable {
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /**
     * One for each projection while they are filled, one for the swap, one that keeps the lock;
     * migrations take two or three before.
     */
    private static final int CONNECTIONS = 6;

    private final HikariDataSource source;
    private final Flyway migrations;
    private final String live;
    private final String next;
    private final String old;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    private ViewSchemas(HikariDataSource source, Flyway migrations, String live) {
        this.source = source;
        this.migrations = migrations;
        this.live = live;
        this.next = nextOf(live);
        this.old = live + "_old";
        this.jdbc = JdbcClient.create(source);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    /**
     * @param views where the live views are
     * @param flyway what made them
     */
    static ViewSchemas open(HikariDataSource views, Flyway flyway) {
        String live = views.getSchema();
        String next = nextOf(live);
        HikariConfig config = new HikariConfig();
        config.setPoolName("rebuild");
        config.setJdbcUrl(views.getJdbcUrl());
        config.setUsername(views.getUsername());
        config.setPassword(views.getPassword());
        config.setSchema(next);
        config.setConnectionTimeout(views.getConnectionTimeout());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        // Not being there yet is told by whoever asks for a connection, as everywhere else.
        config.setInitializationFailTimeout(-1);
        HikariDataSource source = new HikariDataSource(config);
        Flyway migrations =
                Flyway.configure()
                        .configuration(flyway.getConfiguration())
                        .dataSource(source)
                        .defaultSchema(next)
                        .schemas(next)
                        .load();
        return new ViewSchemas(source, migrations, live);
    }

    private static String nextOf(String live) {
        return live + "_next";
    }

    /** Looks into the schema in which the views are built anew. */
    HikariDataSource source() {
        return source;
    }

    /** The lock that one rebuild of a database holds among all instances. */
    String lockName() {
        return "ledger rebuild of " + live;
    }

    /** Makes the second schema, empty, with all tables. */
    void makeNext() {
        // Flyway would mark a schema it has made itself as its own, under a name that changes.
        jdbc.sql("CREATE SCHEMA " + quoted(next)).update();
        migrations.migrate();
    }

    /** Whether the second schema is there, made and not yet in the place of the live one. */
    boolean hasNext() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = :schema)")
                .param("schema", next)
                .query(Boolean.class)
                .single();
    }

    /**
     * Removes what a rebuild leaves behind, done or not: the live views' schema is none of it.
     *
     * @return false where somebody still reads the views that were replaced
     */
    boolean removeLeftovers() {
        return removed(next) && removed(old);
    }

    private boolean removed(String schema) {
        return unlessLocked(() ->
                transaction.execute(_ -> {
                    limitWaiting("1s");
                    jdbc.sql("DROP SCHEMA IF EXISTS " + quoted(schema) + " CASCADE").update();
                    return true;
                }));
    }

    /** Lets PostgreSQL know the new tables before anybody asks it for the best way through them. */
    void analyze() {
        List<String> tables =
                jdbc.sql(
                                """
                                SELECT quote_ident(relname)
                                FROM pg_class
                                WHERE relnamespace = CAST(:schema AS regnamespace)
                                      AND relkind IN ('r', 'p') AND NOT relispartition
                                """)
                        .param("schema", quoted(next))
                        .query((row, _) -> row.getString(1))
                        .list();
        tables.forEach(
                table -> jdbc.sql("VACUUM (ANALYZE) " + quoted(next) + "." + table).update());
    }

    /**
     * Puts the second schema in the place of the live one, in one transaction: whole or not at all,
     * whatever dies meanwhile. First no instance may write the live views any more; then the caller
     * brings the second schema to where they stand and stops writing it; then, unless it turns out
     * to lack something, names change.
     *
     * @param projections that must be in the second schema
     * @param bring told the live positions; false where it has not come there in time
     * @return false where it was not to be done right now
     */
    boolean swap(List<String> projections, Predicate<List<ProjectionPosition>> bring) {
        return unlessLocked(() ->
                transaction.execute(status -> {
                    limitWaiting("500ms");
                    // Writers lock their rows in it first of all; readers are not concerned.
                    lockLivePositions("EXCLUSIVE");
                    if (!bring.test(livePositions(projections))) {
                        status.setRollbackOnly();
                        return false;
                    }
                    // Whoever reads one view by several statements holds this table from the first
                    // one on.
                    lockLivePositions("ACCESS EXCLUSIVE");
                    requireNothingLacks(projections);
                    jdbc.sql("ALTER SCHEMA %s RENAME TO %s".formatted(quoted(live), quoted(old)))
                            .update();
                    jdbc.sql("ALTER SCHEMA %s RENAME TO %s".formatted(quoted(next), quoted(live)))
                            .update();
                    return true;
                }));
    }

    private void limitWaiting(String limit) {
        limitWaiting(jdbc, limit);
    }

    /** Waiting for a lock lets others wait behind, and ours is never worth that. */
    static void limitWaiting(JdbcClient jdbc, String limit) {
        var _ =
                jdbc.sql("SELECT set_config('lock_timeout', :limit, true)")
                        .param("limit", limit)
                        .query(String.class)
                        .single();
    }

    private void lockLivePositions(String mode) {
        jdbc.sql("LOCK TABLE %s.projection_position IN %s MODE".formatted(quoted(live), mode))
                .update();
    }

    List<ProjectionPosition> livePositions(List<String> projections) {
        return jdbc.sql(
                        """
                        SELECT projection, partition, pseq, next_offset
                        FROM %s.projection_position
                        WHERE projection = ANY (:projections)
                        """
                                .formatted(quoted(live)))
                .param("projections", projections.toArray(String[]::new))
                .query(PositionTable::position)
                .list();
    }

    private void requireNothingLacks(List<String> projections) {
        long lacking =
                jdbc.sql(
                                """
                                SELECT count(*)
                                FROM %s.projection_position AS live
                                     LEFT JOIN %s.projection_position AS next USING (projection, partition)
                                WHERE projection = ANY (:projections) AND live.pseq > coalesce(next.pseq, 0)
                                """
                                        .formatted(quoted(live), quoted(next)))
                        .param("projections", projections.toArray(String[]::new))
                        .query(Long.class)
                        .single();
        if (lacking > 0) {
            throw new IllegalStateException(
                    "the views built anew are behind the live ones in " + lacking + " positions");
        }
    }

    /** False also where a lock was not to be had in time. */
    static boolean unlessLocked(Supplier<Boolean> work) {
        try {
            return work.get();
        } catch (DataAccessException e) {
            if (e.getMostSpecificCause() instanceof SQLException sql
                    && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() {
        source.close();
    }
}
