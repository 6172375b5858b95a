package com.tokaify.ledger.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.RandomHistory;
import com.tokaify.ledger.query.history.HistorySettings;
import com.tokaify.ledger.query.projection.OneMoment;
import com.tokaify.ledger.query.projection.ViewDatabase;
import com.tokaify.ledger.service.access.Scope;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The second wall between accounts: what PostgreSQL shows, whatever a statement says. */
class RowSecurityIT {
    /** The tables that belong to accounts, and what of each is whose. */
    private static final Map<String, String> OWN =
            Map.ofEntries(
                    Map.entry("token", "account_id = :account"),
                    Map.entry("token_owner", "account_id = :account"),
                    Map.entry("account", "account_id = :account"),
                    Map.entry("account_totals", "account_id = :account"),
                    Map.entry("account_usage", "account_id = :account"),
                    Map.entry("account_entry", "account_id = :account"),
                    Map.entry("account_day", "account_id = :account"),
                    Map.entry("event", "account_id = :account OR account_id IS NULL"),
                    Map.entry(
                            "token_use",
                            "token_id IN (SELECT token_id FROM token WHERE account_id = :account)"),
                    Map.entry(
                            "usage",
                            "token_id IN (SELECT token_id FROM token WHERE account_id = :account)"),
                    Map.entry(
                            "history_checkpoint",
                            "stream = :account OR stream IN"
                                    + " (SELECT token_id FROM token WHERE account_id = :account)"));

    static final List<String> TABLES = List.copyOf(new TreeSet<>(OWN.keySet()));

    /** What belongs to nobody, and everybody may see. */
    private static final List<String> SHARED =
            List.of(
                    "catalog_access",
                    "catalog_group",
                    "catalog_model",
                    "history_kept",
                    "projection_position");

    private static ViewDatabase database;
    private static List<AccountId> accounts;

    @BeforeAll
    static void views() {
        database = new ViewDatabase();
        database.apply(RandomHistory.of(5, 4, 3000), HistorySettings.FOR_EVER);
        // Real ones come after a thousand events of a stream.
        database.jdbc()
                .sql(
                        """
                        INSERT INTO history_checkpoint (stream, sequence, effective_at, state)
                        SELECT token_id, 999, now(), CAST('' AS bytea) FROM token_owner
                        UNION ALL
                        SELECT account_id, 999, now(), CAST('' AS bytea) FROM account
                        """)
                .update();
        accounts =
                database.jdbc()
                        .sql("SELECT account_id FROM account ORDER BY account_id")
                        .query((row, _) -> new AccountId(row.getObject(1, UUID.class)))
                        .list();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** A statement that forgets whom it is for finds all that is the asker's, and nothing else. */
    @ParameterizedTest
    @FieldSource("TABLES")
    void aStatementWithoutItsConditionFindsWhatIsTheAskers(String table) {
        assertThat(accounts).hasSizeGreaterThan(1);
        List<String> all = rows(database.jdbc(), table, "true", accounts.getFirst());
        for (AccountId account : accounts) {
            List<String> own = rows(database.jdbc(), table, condition(table), account);
            assertThat(own).as("the test has rows").isNotEmpty().hasSizeLessThan(all.size());

            assertThat(rows(shownTo(account), table, "true", account)).isEqualTo(own);
        }
    }

    /** One that asks for another account's rows outright finds none. */
    @ParameterizedTest
    @FieldSource("TABLES")
    void aStatementForAnotherAccountFindsNothing(String table) {
        AccountId mine = accounts.getFirst();
        AccountId other = accounts.getLast();
        String others = "(" + condition(table) + ") AND to_jsonb(each) ->> 'stream_kind' <> '2'";
        String condition = table.equals("event") ? others : condition(table);
        assertThat(rows(database.jdbc(), table, condition, other)).isNotEmpty();

        assertThat(rows(shownTo(mine), table, condition, other)).isEmpty();
    }

    /** Who has become a tenant and has not said of which account is shown nobody's rows. */
    @ParameterizedTest
    @FieldSource("TABLES")
    void withoutAnAccountThereIsNothing(String table) {
        AccountId nobody = new AccountId(new UUID(0, 0));

        assertThat(rows(shownTo(nobody), table, "true", nobody))
                .isEqualTo(
                        table.equals("event")
                                ? rows(
                                        database.jdbc(),
                                        table,
                                        "account_id IS NULL",
                                        accounts.getFirst())
                                : List.of());
    }

    /** A tenant changes nothing, not even its own. */
    @ParameterizedTest
    @FieldSource("TABLES")
    void aTenantWritesNothing(String table) {
        for (String statement :
                List.of(
                        "DELETE FROM " + table,
                        "TRUNCATE " + table,
                        "INSERT INTO " + table + " DEFAULT VALUES")) {
            assertRefused(shownTo(accounts.getFirst()), statement);
        }
    }

    /**
     * A table that is new is closed to tenants until somebody says what of it is whose; and no
     * month is a way round the table it is part of.
     */
    @Test
    void everyOtherTableIsClosed() {
        List<String> readable =
                database.jdbc()
                        .sql(
                                """
                                SELECT relname FROM pg_class
                                WHERE relnamespace = CAST('read' AS regnamespace) AND relkind IN ('r', 'p', 'v', 'm')
                                      AND has_any_column_privilege('query_tenant', oid, 'SELECT')
                                """)
                        .query((row, _) -> row.getString(1))
                        .list();
        assertThat(readable).containsAll(TABLES).containsAll(SHARED);
        assertThat(readable).hasSize(TABLES.size() + SHARED.size());

        List<String> months =
                database.jdbc()
                        .sql("SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'")
                        .query((row, _) -> row.getString(1))
                        .list();
        assertThat(months).anyMatch(month -> month.startsWith("event_"));
        assertThat(months).anyMatch(month -> month.startsWith("usage_"));
        for (String month : months) {
            assertRefused(shownTo(accounts.getFirst()), "SELECT FROM " + month);
        }
    }

    /** Other accounts' history is not there, whoever asks for it and however. */
    @Test
    void thePastOfOthersIsNotThere() {
        AccountId mine = accounts.getFirst();
        DataSource views = database.shownTo(new Scope.OneAccount(mine));
        TokenId other =
                database.jdbc()
                        .sql("SELECT token_id FROM token WHERE account_id <> :mine LIMIT 1")
                        .param("mine", mine.uuid())
                        .query((row, _) -> new TokenId(row.getObject(1, UUID.class)))
                        .single();
        List<Long> seen =
                new OneMoment(views)
                        .ask(() ->
                                JdbcClient.create(views)
                                        .sql("SELECT sequence FROM event WHERE stream = :stream")
                                        .param("stream", other.uuid())
                                        .query(Long.class)
                                        .list());
        assertThat(seen).isEmpty();
    }

    /** A connection that has served a tenant serves nobody as one, whatever became of it. */
    @Test
    void nothingOfATenantStaysBehind() {
        for (AccountId account : accounts) {
            DataSource views = database.shownTo(new Scope.OneAccount(account));
            JdbcClient tenant = JdbcClient.create(views);
            assertThat(user(tenant)).isEqualTo("query_tenant");
            // One that commits, where the one before is rolled back.
            assertThat(new OneMoment(views).ask(() -> user(JdbcClient.create(views))))
                    .isEqualTo("query_tenant");
            assertThat(user(database.jdbc())).isEqualTo("query_service");
            assertRefused(tenant, "DELETE FROM token");
            assertRefused(tenant, "SELECT 1 / 0");
            assertThat(user(database.jdbc())).isEqualTo("query_service");
            assertThat(
                            database.jdbc()
                                    .sql("SELECT current_setting('ledger.account', true)")
                                    .query((row, _) -> String.valueOf(row.getString(1)))
                                    .single())
                    .isIn("", "null");
        }
    }

    /** Views that are built anew stand behind the same wall when they take the others' place. */
    @Test
    void viewsBuiltAnewHaveTheSameWall() {
        try (ViewDatabase twice = new ViewDatabase()) {
            twice.migrate("read_next");
            assertThat(wall(twice, "read")).isNotEmpty();
            assertThat(wall(twice, "read_next")).isEqualTo(wall(twice, "read"));

            twice.jdbc().sql("ALTER SCHEMA read RENAME TO read_old").update();
            twice.jdbc().sql("ALTER SCHEMA read_next RENAME TO read").update();
            twice.apply(RandomHistory.of(5, 4, 100), HistorySettings.FOR_EVER);
            AccountId account = accounts.getFirst();
            JdbcClient tenant = JdbcClient.create(twice.shownTo(new Scope.OneAccount(account)));

            assertThat(rows(tenant, "event", "true", account))
                    .isNotEmpty()
                    .isEqualTo(rows(twice.jdbc(), "event", condition("event"), account));
        }
    }

    private static List<String> wall(ViewDatabase database, String schema) {
        return database.jdbc()
                .sql(
                        """
                        SELECT relname || ' ' || relrowsecurity || ' ' || coalesce(CAST(relacl AS text), '') || ' '
                               || coalesce(pg_get_expr(polqual, pg_class.oid), '')
                        FROM pg_class LEFT JOIN pg_policy ON polrelid = pg_class.oid
                        WHERE relnamespace = CAST(:schema AS regnamespace) AND relkind IN ('r', 'p')
                        ORDER BY 1
                        """)
                .param("schema", schema)
                .query((row, _) -> row.getString(1).replace(schema + ".", ""))
                .list();
    }

    private static String user(JdbcClient jdbc) {
        return jdbc.sql("SELECT current_user").query(String.class).single();
    }

    private static void assertRefused(JdbcClient jdbc, String statement) {
        assertThatThrownBy(() -> jdbc.sql(statement).update())
                .isInstanceOf(DataAccessException.class);
    }

    private static JdbcClient shownTo(AccountId account) {
        return JdbcClient.create(database.shownTo(new Scope.OneAccount(account)));
    }

    private static String condition(String table) {
        return OWN.getOrDefault(table, "false");
    }

    private static List<String> rows(
            JdbcClient jdbc, String table, String condition, AccountId account) {
        return jdbc.sql(
                        "SELECT CAST(each AS text) FROM %s AS each WHERE CAST(:account AS uuid) IS NOT NULL AND (%s) ORDER BY 1"
                                .formatted(table, condition))
                .param("account", account.uuid())
                .query((row, _) -> row.getString(1))
                .list();
    }
}
