package com.tokaify.ledger.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.query.RandomHistory;
import com.tokaify.ledger.query.history.HistorySettings;
import com.tokaify.ledger.query.projection.ViewDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the auditor's role may do to the views: read those it checks, of every account. */
class AuditorRightsIT {
    private static ViewDatabase database;

    @BeforeAll
    static void views() {
        database = new ViewDatabase();
        database.apply(RandomHistory.of(6, 4, 500), HistorySettings.FOR_EVER);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** Row-level security holds tenants and not auditors, who look for what no tenant would see. */
    @ParameterizedTest
    @ValueSource(strings = {"token", "account", "account_totals", "projection_position"})
    void itReadsTheRowsOfAllAccounts(String table) {
        assertThat(rows(database.asAuditor(), table))
                .isEqualTo(rows(database.jdbc(), table))
                .hasSizeGreaterThan(1);
    }

    /** A second opinion that could change what it is about would be none. */
    @ParameterizedTest
    @ValueSource(strings = {"token", "account", "account_totals", "catalog_group"})
    void itWritesNothing(String table) {
        for (String statement :
                List.of(
                        "DELETE FROM " + table,
                        "TRUNCATE " + table,
                        "INSERT INTO " + table + " DEFAULT VALUES")) {
            assertThatThrownBy(() -> database.asAuditor().sql(statement).update())
                    .isInstanceOf(DataAccessException.class)
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
    }

    /** What it does not check it does not see. */
    @Test
    void everyOtherTableIsClosed() {
        List<String> readable =
                database.jdbc()
                        .sql(
                                """
                                SELECT relname FROM pg_class
                                WHERE relnamespace = CAST('read' AS regnamespace) AND relkind IN ('r', 'p', 'v', 'm')
                                      AND has_any_column_privilege('ledger_auditor', oid, 'SELECT')
                                """)
                        .query((row, _) -> row.getString(1))
                        .list();
        assertThat(readable)
                .containsExactlyInAnyOrder(
                        "token",
                        "account",
                        "account_totals",
                        "catalog_access",
                        "catalog_group",
                        "catalog_model",
                        "projection_position");
    }

    private static List<String> rows(JdbcClient jdbc, String table) {
        return jdbc.sql("SELECT CAST(each AS text) FROM " + table + " AS each ORDER BY 1")
                .query((row, _) -> row.getString(1))
                .list();
    }
}
