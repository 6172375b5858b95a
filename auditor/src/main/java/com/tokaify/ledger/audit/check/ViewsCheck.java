package com.tokaify.ledger.audit.check;

import static com.tokaify.ledger.audit.finding.FindingKind.BALANCE_DIFFERS;
import static com.tokaify.ledger.audit.finding.FindingKind.VIEW_DIFFERS;
import static com.tokaify.ledger.audit.finding.FindingKind.VIEW_MISSING;
import static com.tokaify.ledger.audit.finding.FindingKind.VIEW_UNKNOWN;

import com.tokaify.ledger.audit.core.Times;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.fold.AccountState;
import com.tokaify.ledger.audit.fold.AccountSums;
import com.tokaify.ledger.audit.fold.CatalogState;
import com.tokaify.ledger.audit.fold.FieldChange;
import com.tokaify.ledger.audit.fold.Ledger;
import com.tokaify.ledger.audit.fold.Mark;
import com.tokaify.ledger.audit.fold.TokenState;
import com.tokaify.ledger.audit.source.SourceFailed;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What query-service tells, held against what events say. The views are seen at one moment, the one
 * at which this was opened; that must be before the events are read, so that these reach as far.
 * One thread.
 */
public final class ViewsCheck implements AutoCloseable {
    private static final int ROWS_AT_A_TIME = 5_000;

    private final Connection connection;
    private final Map<Integer, Long> books;
    private final Map<Integer, Long> catalog;

    private ViewsCheck(
            Connection connection, Map<Integer, Long> books, Map<Integer, Long> catalog) {
        this.connection = connection;
        this.books = books;
        this.catalog = catalog;
    }

    /**
     * @param connection to the views, as {@code ledger_auditor}; closed with this
     * @throws SourceFailed where they cannot be read
     */
    public static ViewsCheck open(Connection connection) {
        try {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set search_path = read");
            }
            return new ViewsCheck(
                    connection, positions(connection, "books"), positions(connection, "catalog"));
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static Map<Integer, Long> positions(Connection connection, String projection)
            throws SQLException {
        Map<Integer, Long> positions = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select partition, pseq from projection_position where projection = '"
                                        + projection
                                        + "'")) {
            while (rows.next()) {
                positions.put(rows.getInt(1), rows.getLong(2));
            }
        }
        return positions;
    }

    /** Where the views stand in a partition. */
    public Mark mark(int partition) {
        return new Mark(books.getOrDefault(partition, 0L), catalog.getOrDefault(partition, 0L));
    }

    /**
     * @param ledger what events have come to at the {@linkplain #mark marks}
     * @throws SourceFailed where the views cannot be read
     */
    public void compare(Ledger ledger, Findings findings) {
        try {
            tokens(ledger, findings);
            accounts(ledger, findings);
            balances(ledger, findings);
            catalog(ledger.catalog(), findings);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void tokens(Ledger ledger, Findings findings) throws SQLException {
        Set<String> missing = new HashSet<>(ledger.tokens().keySet());
        each(
                "select " + ViewedToken.COLUMNS + " from token",
                row -> {
                    String id = new TokenId(row.getObject("token_id", UUID.class)).toString();
                    missing.remove(id);
                    ViewedToken viewed =
                            ViewedToken.of(
                                    row,
                                    new AccountId(row.getObject("account_id", UUID.class))
                                            .toString());
                    switch (ledger.tokens().getOrDefault(id, new TokenState.Unborn())) {
                        case TokenState.Live(var facts) ->
                                compare(id, viewed, ViewedToken.of(facts, false), findings);
                        case TokenState.Deleted(var facts) ->
                                compare(id, viewed, ViewedToken.of(facts, true), findings);
                        case TokenState.Unborn _ ->
                                findings.add(VIEW_UNKNOWN, id, "no event created this token");
                    }
                });
        missing.forEach(
                id -> findings.add(VIEW_MISSING, id, "the view of tokens has no such token"));
    }

    private static void compare(String id, Record viewed, Record told, Findings findings) {
        if (!viewed.equals(told)) {
            for (FieldChange change : FieldChange.between(told, viewed)) {
                findings.add(
                        VIEW_DIFFERS,
                        id,
                        change.field()
                                + " is "
                                + FieldChange.shown(change.after())
                                + " in the view and "
                                + FieldChange.shown(change.before())
                                + " by the events");
            }
        }
    }

    /** A row of the view {@code account}. */
    private record ViewedAccount(String name, boolean suspended, Instant openedAt, long sequence) {}

    private void accounts(Ledger ledger, Findings findings) throws SQLException {
        Set<String> missing = new HashSet<>(ledger.accounts().keySet());
        each(
                "select account_id, name, suspended, opened_at, sequence from account",
                row -> {
                    String id = new AccountId(row.getObject("account_id", UUID.class)).toString();
                    missing.remove(id);
                    switch (ledger.accounts().getOrDefault(id, new AccountState.Unborn())) {
                        case AccountState.Open open ->
                                compare(
                                        id,
                                        new ViewedAccount(
                                                row.getString("name"),
                                                row.getBoolean("suspended"),
                                                row.getObject("opened_at", OffsetDateTime.class)
                                                        .toInstant(),
                                                row.getLong("sequence")),
                                        new ViewedAccount(
                                                open.name(),
                                                open.suspended(),
                                                Times.parse(open.openedAt()),
                                                open.sequence()),
                                        findings);
                        case AccountState.Unborn _ ->
                                findings.add(VIEW_UNKNOWN, id, "no event opened this account");
                    }
                });
        missing.forEach(
                id -> findings.add(VIEW_MISSING, id, "the view of accounts has no such account"));
    }

    /** An account without sums has none in the view, or a row of zeros. */
    private void balances(Ledger ledger, Findings findings) throws SQLException {
        Map<String, AccountSums> left = new HashMap<>(ledger.sums());
        each(
                "select account_id, credited, adjusted, consumed from account_totals",
                row -> {
                    String id = new AccountId(row.getObject("account_id", UUID.class)).toString();
                    balance(
                            id,
                            new AccountSums(
                                    row.getLong("credited"),
                                    row.getLong("adjusted"),
                                    row.getLong("consumed")),
                            left.remove(id),
                            findings);
                });
        left.forEach((id, sums) -> balance(id, AccountSums.ZERO, sums, findings));
    }

    private static void balance(
            String id, AccountSums viewed, @Nullable AccountSums sums, Findings findings) {
        AccountSums told = sums == null ? AccountSums.ZERO : sums;
        if (!viewed.equals(told)) {
            findings.add(
                    BALANCE_DIFFERS,
                    id,
                    "the view has a balance of " + shown(viewed) + ", the events " + shown(told));
        }
    }

    private static String shown(AccountSums sums) {
        return "%d (%d credited, %d adjusted, %d consumed)"
                .formatted(sums.balance(), sums.credited(), sums.adjusted(), sums.consumed());
    }

    private void catalog(CatalogState told, Findings findings) throws SQLException {
        SortedMap<String, CatalogState.Group> groups = new TreeMap<>();
        each(
                "select name, display_name, retired from catalog_group",
                row ->
                        groups.put(
                                row.getString("name"),
                                new CatalogState.Group(
                                        row.getString("display_name"), row.getBoolean("retired"))));
        SortedMap<String, Boolean> models = new TreeMap<>();
        each(
                "select model, retired from catalog_model",
                row -> models.put(row.getString("model"), row.getBoolean("retired")));
        boolean[] closed = {false};
        each("select closed from catalog_access", row -> closed[0] = row.getBoolean("closed"));
        compare("catalog", new CatalogState(groups, models, closed[0]), told, findings);
    }

    /** Takes a row. */
    @FunctionalInterface
    private interface RowSink {
        void accept(ResultSet row) throws SQLException;
    }

    private void each(String query, RowSink sink) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_A_TIME);
            try (ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    sink.accept(rows);
                }
            }
        }
    }

    private static SourceFailed failed(SQLException e) {
        return new SourceFailed("the views cannot be read: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // It is given up either way.
        }
    }
}
