package com.tokaify.ledger.command.vault;

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

/** Who may do what to the vault, said by PostgreSQL itself. */
class VaultPrivilegesIT {
    private static final String TOKEN = "'01980000-0000-7000-0000-000000000001'";
    private static final String ADD =
            "insert into vault.token_secret (token, version, account, ciphertext) values ("
                    + TOKEN
                    + ", %d, gen_random_uuid(), '\\x00')";

    private static DatabaseSettings settings;

    @BeforeAll
    static void prepare() throws SQLException {
        LedgerDatabase database = LedgerInfrastructure.get().newLedgerDatabase();
        settings = LedgerInstance.settings(database);
        StoreSetup.prepare(settings.owner(), 1);
        execute(settings.writer(), ADD.formatted(1));
    }

    /** Who writes events puts secrets in, and cannot read one back, whichever way it asks. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ciphertext from vault.token_secret",
                "select * from vault.token_secret",
                "select t from vault.token_secret t",
                "select account from vault.token_secret",
                "select 1 from vault.token_secret where ciphertext = '\\x00'",
                "delete from vault.token_secret returning ciphertext",
                "insert into vault.token_secret (token, version, account, ciphertext) values"
                        + " (gen_random_uuid(), 1, gen_random_uuid(), '\\x00') returning ciphertext",
                "copy vault.token_secret (ciphertext) to stdout",
                "update vault.token_secret set version = 2",
                "update vault.token_secret set ciphertext = '\\x01'",
                "truncate vault.token_secret",
                "select from vault.account_key",
                "insert into vault.account_key (account, wrapped, key_id) values"
                        + " (gen_random_uuid(), '\\x00', '1')",
                "update vault.account_key set wrapped = '\\x00'",
                "delete from vault.account_key",
                "select from vault.key_in_force",
                "set role ledger_vault"
            })
    void theWriterNeverReads(String statement) {
        assertRefused(settings.writer(), statement);
    }

    /** The writer does its part: adds, and deletes by token and version. */
    @Test
    void theWriterAddsAndDeletes() throws SQLException {
        execute(settings.writer(), ADD.formatted(7));
        execute(
                settings.writer(),
                "delete from vault.token_secret where token = " + TOKEN + " and version < 8");
    }

    /** Who reads secrets changes none, and neither reads nor changes an event. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into vault.token_secret (token, version, account, ciphertext) values"
                        + " (gen_random_uuid(), 1, gen_random_uuid(), '\\x00')",
                "update vault.token_secret set ciphertext = '\\x00'",
                "delete from vault.token_secret",
                "truncate vault.token_secret",
                "delete from vault.account_key",
                "truncate vault.account_key",
                "delete from vault.key_in_force",
                "create table vault.forged (id int)",
                "select from ledger.event",
                "insert into ledger.event (pseq) values (1)",
                "select from ledger.snapshot",
                "select from public.flyway_schema_history",
                "set role ledger_writer"
            })
    void theVaultsRoleOnlyReadsAndKeepsItsKeys(String statement) {
        assertRefused(settings.vault(), statement);
    }

    /** The vault's role does its part. */
    @Test
    void theVaultsRoleReadsAndKeepsItsKeys() throws SQLException {
        execute(settings.vault(), "select * from vault.token_secret");
        execute(
                settings.vault(),
                "insert into vault.account_key (account, wrapped, key_id) values"
                        + " (gen_random_uuid(), '\\x00', '1')");
        execute(settings.vault(), "update vault.account_key set wrapped = '\\x01'");
        execute(settings.vault(), "insert into vault.key_in_force (key_id) values ('1')");
        execute(settings.vault(), "update vault.key_in_force set key_id = '2'");
        execute(settings.vault(), "lock table vault.key_in_force in exclusive mode");
    }

    /** There is one key in force, or none. */
    @Test
    void oneKeyIsInForce() {
        assertThatThrownBy(() ->
                        execute(
                                settings.vault(),
                                "insert into vault.key_in_force (the_only, key_id)"
                                        + " values (false, '1')"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("key_in_force_the_only_check");
    }

    /** The relay has no business in the vault. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select from vault.token_secret",
                "select from vault.account_key",
                "select from vault.key_in_force",
                "delete from vault.token_secret"
            })
    void theRelayDoesNotEnter(String statement) {
        assertRefused(settings.relay(), statement);
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
            connection.setAutoCommit(false);
            statement.execute(sql);
            connection.commit();
        }
    }
}
