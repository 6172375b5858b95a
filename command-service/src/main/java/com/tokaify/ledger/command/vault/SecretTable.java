package com.tokaify.ledger.command.vault;

import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import java.sql.PreparedStatement;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code vault.token_secret}. Written by ledger_writer, beside events; read by ledger_vault, and by
 * nobody else.
 */
final class SecretTable {
    private static final String ADD =
            """
            insert into vault.token_secret (token, version, account, ciphertext)
            values (?, ?, ?, ?)
            """;

    private static final String DELETE_BEFORE =
            "delete from vault.token_secret where token = ? and version < ?";

    private static final String NEWEST =
            """
            select version, account, ciphertext from vault.token_secret
            where token = ? order by version desc limit 1
            """;

    private final JdbcClient jdbc;

    /**
     * @param jdbc of the role ledger_vault
     */
    SecretTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a secret. */
    static SideWrite add(KeptSecret secret) {
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ADD)) {
                statement.setObject(1, secret.token().uuid());
                statement.setInt(2, secret.version());
                statement.setObject(3, secret.account().uuid());
                statement.setBytes(4, secret.ciphertext());
                statement.executeUpdate();
            }
        };
    }

    /** Deletes what a token's secrets were before a version. */
    static SideWrite deleteBefore(TokenId token, int version) {
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(DELETE_BEFORE)) {
                statement.setObject(1, token.uuid());
                statement.setInt(2, version);
                statement.executeUpdate();
            }
        };
    }

    /** Deletes all secrets of a token. */
    static SideWrite deleteAll(TokenId token) {
        return deleteBefore(token, Integer.MAX_VALUE);
    }

    /** The newest secret of a token; empty where it has none, or none any more. */
    Optional<KeptSecret> newest(TokenId token) {
        return jdbc.sql(NEWEST)
                .param(token.uuid())
                .query((row, _) ->
                        new KeptSecret(
                                new AccountId(row.getObject("account", UUID.class)),
                                token,
                                row.getInt("version"),
                                row.getBytes("ciphertext")))
                .optional();
    }
}
