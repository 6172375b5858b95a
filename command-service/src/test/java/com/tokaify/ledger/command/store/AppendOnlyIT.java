package com.tokaify.ledger.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.settings.DatabaseSettings;
import com.tokaify.ledger.command.startup.StoreSetup;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** History cannot be rewritten: PostgreSQL itself refuses it to the roles the service runs as. */
class AppendOnlyIT {
    private static final String INSERT =
            """
            insert into ledger.event
                (pseq, recorded_at, sequence, stream, partition, type, actor, correlation_id, payload)
            values (%d, now(), 0, gen_random_uuid(), 0, 9, 'system:test', 'c', '{}')
            """;

    private static DataSource writer;
    private static DataSource relay;

    @BeforeAll
    static void prepare() throws SQLException {
        LedgerDatabase database = LedgerInfrastructure.get().newLedgerDatabase();
        DatabaseSettings settings = LedgerInstance.settings(database);
        StoreSetup.prepare(settings.owner(), 1);
        writer = settings.writer();
        relay = settings.relay();
        execute(writer, INSERT.formatted(1));
    }

    /** Neither the writer nor the relay changes or removes an event, or what guards it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger.event set payload = '{}'",
                "delete from ledger.event",
                "truncate ledger.event",
                "drop table ledger.event",
                "alter table ledger.event drop constraint event_position",
                "alter table ledger.event add column forged text",
                "create table ledger.forged (id int)",
                "delete from ledger.partition_head",
                "insert into ledger.partition_head values (7, 0)",
                "delete from ledger.usage_offset",
                "insert into ledger.usage_offset values (7, 0)",
                "update ledger.unbooked_usage set reason = ''",
                "delete from ledger.unbooked_usage",
                "update ledger.trace set parent = ''",
                "delete from ledger.trace",
                "set role ledger_owner"
            })
    void nobodyRewritesHistory(String statement) {
        assertRefused(writer, statement);
        assertRefused(relay, statement);
    }

    /** The relay only reads. */
    @Test
    void theRelayAddsNothing() {
        assertRefused(relay, INSERT.formatted(2));
        assertRefused(relay, "update ledger.partition_head set pseq = 0");
        assertRefused(relay, "update ledger.usage_offset set next_offset = 0");
        assertRefused(relay, "insert into ledger.trace values (0, 1, '')");
        assertRefused(
                relay, "insert into ledger.unbooked_usage values (0, 0, null, 'r', null, now())");
    }

    /** The refusals above are about privileges: what is granted works. */
    @Test
    void whatIsGrantedWorks() throws SQLException {
        execute(writer, INSERT.formatted(3));
        execute(writer, "update ledger.partition_head set pseq = 3");
        execute(writer, "update ledger.usage_offset set next_offset = 1");
        execute(writer, "insert into ledger.trace values (0, 1, '')");
        execute(writer, "insert into ledger.unbooked_usage values (0, 0, null, 'r', null, now())");
        for (DataSource role : new DataSource[] {writer, relay}) {
            execute(role, "select * from ledger.event");
            execute(role, "select * from ledger.partition_head");
            execute(role, "select * from ledger.trace");
        }
    }

    private static void assertRefused(DataSource role, String statement) {
        assertThatThrownBy(() -> execute(role, statement))
                .as(statement)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501"));
    }

    private static void execute(DataSource role, String sql) throws SQLException {
        try (Connection connection = role.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
