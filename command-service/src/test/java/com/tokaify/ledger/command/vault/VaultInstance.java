package com.tokaify.ledger.command.vault;

import com.tokaify.ledger.command.settings.DatabaseSettings;
import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/** The vault of one instance of the service, without the service. Several may share a database. */
final class VaultInstance implements AutoCloseable {
    private final DatabaseSettings settings;
    private final VaultDatabase database;
    private final KeyInForce inForce;
    private final SecretVault vault;
    private final KeyRotation rotation;

    VaultInstance(DatabaseSettings settings, Path keyFile) {
        this(settings, keyFile, UnaryOperator.identity());
    }

    /**
     * @param between put before the key file
     */
    VaultInstance(DatabaseSettings settings, Path keyFile, UnaryOperator<KeyEncryption> between) {
        this.settings = settings;
        database = new VaultDatabase(settings.vault());
        AccountKeyTable accountKeys = new AccountKeyTable(database.jdbc());
        KeyEncryption keys =
                between.apply(
                        new KeyFile(
                                keyFile, () -> database.inTransaction(() -> !accountKeys.any())));
        inForce = new KeyInForce(database, keys);
        vault = new SecretVault(database, new AccountKeys(database, keys, inForce, 1_000));
        rotation = new KeyRotation(database, keys, inForce);
    }

    KeyInForce inForce() {
        return inForce;
    }

    SecretVault vault() {
        return vault;
    }

    KeyRotation rotation() {
        return rotation;
    }

    /** Keeps a secret as the committer would. */
    void keep(AccountId account, TokenId token, int version, TokenSecret secret)
            throws SQLException {
        write(vault.safeOf(account).put(token, version, secret));
    }

    void write(SideWrite sideWrite) throws SQLException {
        try (Connection connection = settings.writer().getConnection()) {
            connection.setAutoCommit(false);
            sideWrite.write(connection);
            connection.commit();
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
