package com.tokaify.ledger.benchmarks.read;

import com.tokaify.ledger.benchmarks.ViewStore;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows that query-service's projections would have written of a {@link LedgerYear}, by COPY and
 * in one transaction: all views, but neither positions nor checkpoints. One thread.
 */
final class ViewRows implements Happening.Listener, AutoCloseable {
    private static final List<String> BARE =
            List.of(
                    "token",
                    "token_use",
                    "token_owner",
                    "account",
                    "account_totals",
                    "account_usage",
                    "account_entry",
                    "account_day");
    private static final List<String> BY_MONTH = List.of("event", "usage");

    private final Connection connection;
    private final List<BareTable> bare = new ArrayList<>();
    private final HistoryRows history;
    private final TokenRows tokens;
    private final UsageRows usage;
    private final AccountRows accounts;

    /**
     * What there is in the views.
     *
     * @param events rows of history
     * @param usage rows of tokens' usage by quarters of an hour
     * @param bytes of the whole database
     */
    record Filled(int tokens, int accounts, long events, long usage, long bytes) {}

    /**
     * @param store with the views' tables, all of them empty
     */
    ViewRows(LedgerYear year, ViewStore store) throws SQLException {
        this.connection = store.connect();
        connection.setAutoCommit(false);
        execute("set search_path = read");
        execute("set maintenance_work_mem = '512MB'");
        for (String table : BARE) {
            bare.add(BareTable.of(connection, table));
        }
        this.history = new HistoryRows(year, connection);
        this.tokens = new TokenRows(year, connection);
        this.usage = new UsageRows(year, connection);
        this.accounts = new AccountRows(year, connection);
    }

    @Override
    public void told(Happening happening) throws SQLException {
        history.add(happening);
        if (happening.isOfAccount()) {
            accounts.add(happening);
        } else if (happening.event() instanceof TokenEvent event) {
            tokens.add(happening, event);
        }
        if (happening.event() instanceof QuotaConsumed consumed) {
            usage.add(happening, consumed);
            accounts.add(happening, consumed);
        }
    }

    /** Nothing happens any more: what was summed up is written, and everything gets its indexes. */
    void end() throws SQLException, IOException {
        tokens.end();
        accounts.end();
        usage.end();
        history.end();
        for (BareTable each : bare) {
            each.restore();
        }
        connection.commit();
        connection.setAutoCommit(true);
        for (List<String> tables : List.of(BARE, BY_MONTH)) {
            for (String table : tables) {
                execute("vacuum (analyze, freeze) " + table);
            }
        }
    }

    TokenRow token(int token) {
        return tokens.get(token);
    }

    Filled filled(LedgerYear year) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select pg_database_size(current_database())")) {
            row.next();
            return new Filled(
                    year.tokens(),
                    year.accounts(),
                    history.written(),
                    usage.written(),
                    row.getLong(1));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
