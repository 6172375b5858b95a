package com.tokaify.ledger.benchmarks.enforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.benchmarks.Caller;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Keys in a table with an index on them, as one-api has them: a check without a cache reads the
 * row. Each caller has a connection of its own and a statement that is planned once.
 */
final class KeyTable implements AutoCloseable {
    private static final String TABLE =
            """
            create table tokens (
              id bigint primary key, user_id bigint not null, key char(51) not null, status int not null, name text not null,
              expired_time bigint not null, remain_quota bigint not null, used_quota bigint not null,
              unlimited_quota boolean not null, models text not null, subnet text not null)
            """;
    private static final String INDEX = "create unique index on tokens (key)";
    private static final String COPY = "copy tokens from stdin";
    private static final String SELECT = "select * from tokens where key = ? order by id limit 1";

    private final DataSource database;
    private final List<Connection> connections = new ArrayList<>();

    KeyTable(DataSource database) {
        this.database = database;
    }

    void fill(KnownTokens tokens) throws SQLException, IOException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
            try (PGCopyOutputStream rows =
                    new PGCopyOutputStream(connection.unwrap(PGConnection.class), COPY)) {
                for (int token = 0; token < tokens.size(); token++) {
                    rows.write(
                            "%d\t%d\t%s\t1\ttoken of a benchmark\t-1\t1000000000000\t0\tf\tgpt-4o,gpt-4o-mini\t\n"
                                    .formatted(token, token / 100, tokens.secret(token))
                                    .getBytes(UTF_8));
                }
            }
            statement.execute(INDEX);
            statement.execute("vacuum (analyze, freeze) tokens");
        }
    }

    /** A client that reads one row after another. */
    Caller caller(KnownTokens tokens, int[] drawn, int from) throws SQLException {
        Connection connection = database.getConnection();
        connections.add(connection);
        PreparedStatement statement = connection.prepareStatement(SELECT);
        int[] next = {from};
        return () -> {
            statement.setString(1, tokens.secret(drawn[next[0]]));
            next[0] = (next[0] + 1) % drawn.length;
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next() || row.getInt("status") != 1) {
                    throw new SQLException("the row of a key was not found");
                }
            }
            return 1;
        };
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
