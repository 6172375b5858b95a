package com.tokaify.ledger.command.startup;

import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.tokenId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.settings.DatabaseSettings;
import com.tokaify.ledger.command.store.Committer;
import com.tokaify.ledger.command.store.NewEvent;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service asks of its database before it takes a command. */
class StoreSetupIT {
    private final LedgerDatabase database = LedgerInfrastructure.get().newLedgerDatabase();
    private final DatabaseSettings settings = LedgerInstance.settings(database);

    /** A second start changes nothing, and finds the positions the first one left. */
    @Test
    void aSecondStartFindsWhatTheFirstLeft() throws Exception {
        assertThat(StoreSetup.prepare(settings.owner(), 4)).containsExactly(0, 0, 0, 0);
        try (Committer committer = new Committer(settings.writer(), new long[4], () -> {})) {
            committer
                    .append(
                            List.of(
                                    NewEvent.of(2, tokenId(1), 0, new TokenRenamed("a"), CONTEXT),
                                    NewEvent.of(2, tokenId(1), 1, new TokenRenamed("b"), CONTEXT),
                                    NewEvent.of(3, tokenId(2), 0, new TokenRenamed("c"), CONTEXT)),
                            List.of())
                    .get();
        }
        assertThat(StoreSetup.prepare(settings.owner(), 4)).containsExactly(0, 0, 2, 1);
        assertThat(LedgerInstance.stored(database)).hasSize(3);
    }

    /** Another number of partitions would put streams elsewhere than they are. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 64})
    void anotherNumberOfPartitionsIsRefused(int partitions) {
        StoreSetup.prepare(settings.owner(), 4);
        assertThatIllegalStateException()
                .isThrownBy(() -> StoreSetup.prepare(settings.owner(), partitions))
                .withMessage(
                        "this ledger was made with 4 partitions and cannot run with"
                                + " LEDGER_PARTITIONS="
                                + partitions);
        assertThat(StoreSetup.prepare(settings.owner(), 4)).hasSize(4);
    }

    /**
     * An instance that is gone with its whole machine says no goodbye: its locks are given to
     * others within seconds all the same.
     */
    @Test
    void databaseIsToldToNoticeMachinesThatAreGone() throws SQLException {
        for (DataSource each : List.of(settings.writer(), settings.relay())) {
            try (Connection connection = each.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery(
                                    """
                                    select concat_ws(
                                        ' ',
                                        current_setting('tcp_keepalives_idle'),
                                        current_setting('tcp_keepalives_interval'),
                                        current_setting('tcp_keepalives_count'),
                                        current_setting('tcp_user_timeout'))
                                    """)) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).startsWith("4 2 3 10");
            }
        }
    }

    /** A database that forgets acknowledged commits is refused before anything is made in it. */
    @ParameterizedTest
    @ValueSource(strings = {"off", "local"})
    void aDatabaseThatForgetsIsRefused(String value) throws SQLException {
        superuser("alter database " + database.name() + " set synchronous_commit = " + value);
        assertThatIllegalStateException()
                .isThrownBy(() -> StoreSetup.prepare(settings.owner(), 4))
                .withMessage(
                        "PostgreSQL runs with synchronous_commit = "
                                + value
                                + ", which loses acknowledged events; set it to on");
        assertThat(tablesOfTheLedger()).isFalse();
    }

    /** A standby may show commits in another order than they happened in. */
    @Test
    void aStandbyIsRefused() throws SQLException {
        // Nobody here has a standby: a function of the same name, found first, plays one.
        superuser("create schema played");
        superuser("grant usage on schema played to ledger_owner");
        superuser(
                "create function played.pg_is_in_recovery() returns bool"
                        + " language sql as 'select true'");
        superuser(
                "alter role ledger_owner in database "
                        + database.name()
                        + " set search_path = played, pg_catalog");
        assertThatIllegalStateException()
                .isThrownBy(() -> StoreSetup.prepare(settings.owner(), 4))
                .withMessageStartingWith("the database is a standby");
    }

    private boolean tablesOfTheLedger() throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement();
                var row =
                        statement.executeQuery("select to_regclass('ledger.event') is not null")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private void superuser(String sql) throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
