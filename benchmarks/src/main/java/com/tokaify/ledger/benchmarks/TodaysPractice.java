package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.id.TokenId;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What gateways do today: a counter that is updated under a condition, and a row in a log, in one
 * transaction a call. No event, no repetition noticed, no index on the log: it does less than a
 * ledger has to. Callers share a pool of connections. Thread-safe.
 */
final class TodaysPractice implements Bookkeeper {
    /** More make it slower: PostgreSQL has two cores here, and a hot row lets in one at a time. */
    static final int CONNECTIONS = 64;

    private static final int TOKENS_AT_A_TIME = 10_000;

    private static final String TABLES =
            """
            create table token (id uuid primary key, used bigint not null, quota bigint not null);
            create table usage_log (
                id         bigint generated always as identity primary key,
                token      uuid not null,
                usage_id   text not null,
                amount     bigint not null,
                model      text not null,
                created_at timestamptz not null default now()
            );
            """;

    private static final String FILL = "insert into token select id, 0, ? from unnest(?) as t (id)";
    private static final String CONSUME =
            "update token set used = used + ? where id = ? and used + ? <= quota";
    private static final String LOG =
            "insert into usage_log (token, usage_id, amount, model) values (?, ?, ?, ?)";

    private final HikariDataSource pool = new HikariDataSource();

    /**
     * @param owner of an empty database
     */
    TodaysPractice(DataSource owner) {
        pool.setDataSource(owner);
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setConnectionTimeout(60_000);
    }

    void create(TokenPopulation tokens) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                PreparedStatement fill = prepareFill(connection, statement)) {
            List<TokenId> ids = tokens.ids();
            for (int from = 0; from < ids.size(); from += TOKENS_AT_A_TIME) {
                List<TokenId> some =
                        ids.subList(from, Math.min(ids.size(), from + TOKENS_AT_A_TIME));
                fill.setLong(1, FieldRules.MAX_AMOUNT);
                fill.setObject(2, some.stream().map(TokenId::uuid).toArray(UUID[]::new));
                fill.executeUpdate();
            }
            statement.execute("vacuum analyze token");
        }
    }

    private static PreparedStatement prepareFill(Connection connection, Statement statement)
            throws SQLException {
        statement.execute(TABLES);
        return connection.prepareStatement(FILL);
    }

    @Override
    public void book(List<Usage> usages) throws SQLException {
        for (Usage usage : usages) {
            book(usage);
        }
    }

    private void book(Usage usage) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement consume = connection.prepareStatement(CONSUME);
                    PreparedStatement log = connection.prepareStatement(LOG)) {
                consume.setLong(1, usage.amount());
                consume.setObject(2, usage.tokenId().uuid());
                consume.setLong(3, usage.amount());
                if (consume.executeUpdate() != 1) {
                    throw new IllegalStateException("the quota is exhausted");
                }
                log.setObject(1, usage.tokenId().uuid());
                log.setString(2, usage.usageId());
                log.setLong(3, usage.amount());
                log.setString(4, Usage.MODEL);
                log.executeUpdate();
                connection.commit();
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
