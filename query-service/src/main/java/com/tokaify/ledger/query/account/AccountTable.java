package com.tokaify.ledger.query.account;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.query.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables {@code account} and {@code account_totals}: written by the projection's thread, read
 * by requests.
 */
public final class AccountTable {
    /** Accounts with their sums, which are zero where nothing moved them. */
    static final String SHOWN =
            """
            SELECT account.*,
                   coalesce(credited, 0) AS credited,
                   coalesce(adjusted, 0) AS adjusted,
                   coalesce(consumed, 0) AS consumed
            FROM account LEFT JOIN account_totals USING (account_id)
            """;

    private final JdbcClient jdbc;

    public AccountTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of the accounts that are open. */
    public List<AccountState> load(Collection<AccountId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("SELECT * FROM account WHERE account_id = ANY (CAST(:ids AS uuid[]))")
                .param("ids", Columns.texts(ids, AccountId::uuid))
                .query((row, _) -> state(row))
                .list();
    }

    /** Writes accounts as they are now, new ones and known ones. */
    public void save(Collection<AccountState> accounts) {
        if (accounts.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        INSERT INTO account (account_id, name, suspended, opened_at, sequence)
                        SELECT account_id, name, suspended, opened_at, sequence
                        FROM unnest(CAST(:ids AS uuid[]), :names, :suspended,
                                    CAST(:openedAts AS timestamptz[]), :sequences)
                             AS saved (account_id, name, suspended, opened_at, sequence)
                        ON CONFLICT (account_id) DO UPDATE SET
                            name = EXCLUDED.name,
                            suspended = EXCLUDED.suspended,
                            sequence = EXCLUDED.sequence
                        """)
                .param("ids", Columns.texts(accounts, account -> account.accountId().uuid()))
                .param("names", Columns.texts(accounts, AccountState::name))
                .param("suspended", Columns.flags(accounts, AccountState::suspended))
                .param("openedAts", Columns.texts(accounts, AccountState::openedAt))
                .param("sequences", Columns.numbers(accounts, AccountState::sequence))
                .update();
    }

    /**
     * Adds to the totals of accounts, open or not yet. In the order of their ids, so that instances
     * side by side, which may add to the same accounts from different partitions, never deadlock.
     */
    public void add(Map<AccountId, AccountTotals> additions) {
        if (additions.isEmpty()) {
            return;
        }
        List<Map.Entry<AccountId, AccountTotals>> rows = List.copyOf(additions.entrySet());
        jdbc.sql(
                        """
                        INSERT INTO account_totals AS stored (account_id, credited, adjusted, consumed)
                        SELECT account_id, credited, adjusted, consumed
                        FROM unnest(CAST(:ids AS uuid[]), :credited, :adjusted, :consumed)
                             AS added (account_id, credited, adjusted, consumed)
                        ORDER BY account_id
                        ON CONFLICT (account_id) DO UPDATE SET
                            credited = stored.credited + EXCLUDED.credited,
                            adjusted = stored.adjusted + EXCLUDED.adjusted,
                            consumed = stored.consumed + EXCLUDED.consumed
                        """)
                .param("ids", Columns.texts(rows, row -> row.getKey().uuid()))
                .param("credited", Columns.numbers(rows, row -> row.getValue().credited()))
                .param("adjusted", Columns.numbers(rows, row -> row.getValue().adjusted()))
                .param("consumed", Columns.numbers(rows, row -> row.getValue().consumed()))
                .update();
    }

    public Optional<AccountView> find(AccountId id) {
        return jdbc.sql(SHOWN + "WHERE account_id = :id")
                .param("id", id.uuid())
                .query((row, _) -> view(row))
                .optional();
    }

    static AccountView view(ResultSet row) throws SQLException {
        return AccountView.of(state(row), totals(row));
    }

    private static AccountState state(ResultSet row) throws SQLException {
        return new AccountState(
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("name"),
                row.getBoolean("suspended"),
                Columns.instant(row, "opened_at"),
                row.getLong("sequence"));
    }

    private static AccountTotals totals(ResultSet row) throws SQLException {
        return new AccountTotals(
                row.getLong("credited"), row.getLong("adjusted"), row.getLong("consumed"));
    }
}
