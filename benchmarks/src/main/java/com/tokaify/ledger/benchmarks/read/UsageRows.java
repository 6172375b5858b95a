package com.tokaify.ledger.benchmarks.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.service.sql.BinaryRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The rows of the tables {@code usage} and {@code account_usage}: what tokens and accounts use, by
 * quarter of an hour and model.
 */
final class UsageRows {
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final String SUMS = "starts_at, model, calls, consumed, refunds, refunded";

    /** Whose usage, by its number, and of what. */
    private record Use(int of, String model) {}

    private final MonthTables ofTokens;
    private final TableRows ofAccounts;
    private final Sums<Use> tokens;
    private final Sums<Use> accounts;

    UsageRows(LedgerYear year, Connection connection) throws SQLException {
        this.ofTokens = new MonthTables(connection, "usage", "token_id, " + SUMS);
        this.ofAccounts = new TableRows(connection, "account_usage", "account_id, " + SUMS);
        this.tokens =
                new Sums<>(
                        QUARTER,
                        (at, use, calls, units) ->
                                put(
                                        ofTokens.next(at),
                                        year.token(use.of()).uuid(),
                                        at,
                                        use.model(),
                                        calls,
                                        units));
        this.accounts =
                new Sums<>(
                        QUARTER,
                        (at, use, calls, units) ->
                                put(
                                        ofAccounts.next(),
                                        year.account(use.of()).uuid(),
                                        at,
                                        use.model(),
                                        calls,
                                        units));
    }

    private static void put(
            BinaryRows row, UUID id, Instant at, String model, long calls, long units) {
        row.putUuid(id);
        row.putInstant(at);
        row.putBytes(model.getBytes(UTF_8));
        row.putLong(calls);
        row.putLong(units);
        row.putLong(0);
        row.putLong(0);
    }

    void add(Happening happening, QuotaConsumed consumed) throws SQLException {
        Instant at = happening.stored().recordedAt();
        String model = consumed.model() == null ? "" : consumed.model();
        tokens.add(at, new Use(happening.token(), model), consumed.amount());
        accounts.add(at, new Use(happening.account(), model), consumed.amount());
    }

    void end() throws SQLException {
        tokens.flush();
        accounts.flush();
        ofAccounts.flush();
        ofTokens.attach();
    }

    /** Rows of tokens' usage. */
    long written() {
        return ofTokens.written();
    }
}
