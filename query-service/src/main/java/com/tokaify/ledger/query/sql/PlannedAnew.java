package com.tokaify.ledger.query.sql;

import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Has PostgreSQL plan every statement for the values it comes with. Otherwise the driver gives a
 * statement that has come five times a name, and PostgreSQL may keep one plan for all values: of
 * {@code used_percent >= ?} it then supposes that a third of all rows pass, and goes through every
 * row in search of the fifty that do. For questions whose values decide where to look.
 */
public final class PlannedAnew extends JdbcTemplate {
    private static final int NEVER_NAMED = 0;

    private PlannedAnew(DataSource source) {
        super(source);
    }

    public static JdbcClient on(DataSource source) {
        return JdbcClient.create(new PlannedAnew(source));
    }

    @Override
    protected void applyStatementSettings(Statement statement) throws SQLException {
        super.applyStatementSettings(statement);
        statement.unwrap(PGStatement.class).setPrepareThreshold(NEVER_NAMED);
    }
}
