package com.tokaify.ledger.command.startup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the database to this version's schema and refuses to go on where it could not keep a
 * promise: not the primary, not durable, or made for another number of partitions.
 */
public final class StoreSetup {
    private static final String[] DURABILITY = {"fsync", "synchronous_commit", "full_page_writes"};

    private StoreSetup() {}

    /**
     * @param owner gives connections of the role that owns the database
     * @return the last position given out in each partition
     * @throws IllegalStateException where the database cannot keep what the ledger promises; the
     *     message says why
     */
    public static long[] prepare(DataSource owner, int partitions) {
        check(owner);
        Flyway.configure()
                .dataSource(owner)
                .schemas("ledger")
                .createSchemas(false)
                .defaultSchema("public")
                .load()
                .migrate();
        try (Connection connection = owner.getConnection()) {
            fillPartitions(connection, partitions);
            return heads(connection, partitions);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the partitions cannot be prepared: " + e.getMessage(), e);
        }
    }

    /**
     * What of durability is set for a role or a session is seen by a session of that role only: the
     * one that commits has to be asked too.
     *
     * @throws IllegalStateException where commits of such sessions can be lost or seen in another
     *     order; the message says why
     */
    public static void check(DataSource role) {
        try (Connection connection = role.getConnection()) {
            mustBePrimary(connection);
            mustBeDurable(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the event store's database cannot be reached: " + e.getMessage(), e);
        }
    }

    private static void mustBePrimary(Connection connection) throws SQLException {
        if (ask(connection, "select pg_is_in_recovery()").equals("t")) {
            throw new IllegalStateException(
                    "the database is a standby; it may show commits in another order, use the primary");
        }
    }

    private static void mustBeDurable(Connection connection) throws SQLException {
        for (String setting : DURABILITY) {
            String value = ask(connection, "show " + setting);
            if (value.equals("off") || value.equals("local")) {
                throw new IllegalStateException(
                        "PostgreSQL runs with "
                                + setting
                                + " = "
                                + value
                                + ", which loses acknowledged events; set it to on");
            }
        }
    }

    /** Both tables get their rows once, when the ledger is new. */
    private static void fillPartitions(Connection connection, int partitions) throws SQLException {
        for (String table :
                new String[] {
                    "partition_head (partition, pseq)", "usage_offset (partition, next_offset)"
                }) {
            String name = table.substring(0, table.indexOf(' '));
            try (PreparedStatement statement =
                    connection.prepareStatement(
                            "insert into ledger."
                                    + table
                                    + " select p, 0 from generate_series(0, ? - 1) p"
                                    + " where not exists (select from ledger."
                                    + name
                                    + ")")) {
                statement.setInt(1, partitions);
                statement.executeUpdate();
            }
        }
    }

    private static long[] heads(Connection connection, int partitions) throws SQLException {
        long[] heads = new long[partitions];
        int rows = 0;
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select partition, pseq from ledger.partition_head order by partition")) {
            while (row.next()) {
                if (row.getInt(1) < partitions) {
                    heads[row.getInt(1)] = row.getLong(2);
                }
                rows++;
            }
        }
        if (rows != partitions) {
            throw new IllegalStateException(
                    "this ledger was made with "
                            + rows
                            + " partitions and cannot run with LEDGER_PARTITIONS="
                            + partitions);
        }
        return heads;
    }

    private static String ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }
}
