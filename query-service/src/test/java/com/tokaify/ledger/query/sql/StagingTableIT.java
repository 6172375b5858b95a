package com.tokaify.ledger.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.query.projection.ViewDatabase;
import com.tokaify.ledger.service.sql.BinaryRows;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Rows that come by COPY and are merged by a statement. */
class StagingTableIT {
    private static final ViewDatabase DATABASE = new ViewDatabase();
    private static final TransactionTemplate TRANSACTION =
            new TransactionTemplate(new JdbcTransactionManager(DATABASE.source()));

    private static final String[] COLUMNS = {
        "id uuid",
        "n bigint",
        "at timestamptz",
        "day date",
        "name text",
        "names text[]",
        "ns bigint[]",
        "yes boolean"
    };

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    /** What Java puts is what PostgreSQL has, of every type, and nothing where there is nothing. */
    @Test
    void everyTypeArrivesAsItWasPut() {
        DATABASE.jdbc().sql("CREATE TABLE every_type (whole text)").update();
        StagingTable staging = new StagingTable(DATABASE.source(), "staged_types", COLUMNS);

        TRANSACTION.executeWithoutResult(_ ->
                staging.merge(
                        List.of(true, false),
                        StagingTableIT::put,
                        "INSERT INTO every_type SELECT CAST(staged_types AS text) FROM staged_types"));

        assertThat(
                        DATABASE.jdbc()
                                .sql("SELECT whole FROM every_type ORDER BY whole")
                                .query(String.class)
                                .list())
                .containsExactly(
                        "(,,-infinity,,,{},{},f)",
                        "(01890000-0000-7000-8000-00000000002a,-3,\"2026-11-30 16:20:00.000001+00\",1999-12-31,"
                                + "'测试',\"{a,\"\"b c\"\",\"\"\"\"}\",\"{1,-2}\",t)");
    }

    /** The second time there are only the rows of the second time. */
    @Test
    void whatWasStagedIsGoneWithItsTransaction() {
        DATABASE.jdbc().sql("CREATE TABLE counted (rows bigint)").update();
        StagingTable staging = new StagingTable(DATABASE.source(), "staged_twice", COLUMNS);

        for (int time = 0; time < 2; time++) {
            TRANSACTION.executeWithoutResult(_ ->
                    staging.merge(
                            List.of(true, false),
                            StagingTableIT::put,
                            "INSERT INTO counted SELECT count(*) FROM staged_twice"));
        }

        assertThat(DATABASE.jdbc().sql("SELECT rows FROM counted").query(Long.class).list())
                .containsExactly(2L, 2L);
    }

    /** Without a transaction the rows would be gone before they are merged, and nobody knew. */
    @Test
    void withoutATransactionItRefuses() {
        StagingTable staging = new StagingTable(DATABASE.source(), "staged_alone", COLUMNS);

        assertThatThrownBy(() -> staging.merge(List.of(true), StagingTableIT::put, "SELECT 1"))
                .hasMessage("what is staged is gone with its transaction");
    }

    private static void put(BinaryRows rows, boolean something) {
        if (something) {
            rows.putUuid(UUID.fromString("01890000-0000-7000-8000-00000000002a"));
            rows.putOptionalLong(-3L);
            rows.putOptionalInstant(Instant.parse("2026-11-30T16:20:00.000001Z"));
            rows.putDate(LocalDate.of(1999, 12, 31));
            rows.putText("'测试'");
            rows.putTexts(List.of("a", "b c", ""));
            rows.putLongs(List.of(1L, -2L));
            rows.putBoolean(true);
        } else {
            rows.putUuid(null);
            rows.putOptionalLong(null);
            rows.putBeforeAllInstants();
            rows.putNull();
            rows.putText(null);
            rows.putTexts(List.of());
            rows.putLongs(List.of());
            rows.putBoolean(false);
        }
    }
}
