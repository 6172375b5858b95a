package com.tokaify.ledger.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Where a PostgreSQL server listens and its superuser's password. */
public record PostgresServer(String host, int port, String superuserPassword) {
    public static final String SUPERUSER = "postgres";

    /** The database every server has. */
    public static final String MAINTENANCE_DATABASE = "postgres";

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    public Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, superuserPassword);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
