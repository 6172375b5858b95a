package com.tokaify.ledger.console.issuer;

import com.tokaify.ledger.console.Grant;
import com.tokaify.ledger.console.Role;
import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import com.tokaify.ledger.events.id.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The machine clients. One that is deleted keeps its row: events name it as their actor, and
 * another of the same name would be taken for it.
 */
@Repository
@WithEmbeddedIssuer
class MachineClientTable {
    private final JdbcClient jdbc;

    MachineClientTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False where there is, or was, one of this id. */
    boolean add(MachineClient client) {
        return jdbc.sql(
                                """
                                INSERT INTO machine_client (client_id, secret_digest, role, account_id, created_at)
                                VALUES (:id, :digest, :role, :account, :at)
                                ON CONFLICT (client_id) DO NOTHING
                                """)
                        .param("id", client.clientId())
                        .param("digest", client.secretDigest())
                        .param("role", client.grant().role().text())
                        .param("account", client.grant().accountText())
                        .param("at", client.createdAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** False where there is none. */
    boolean delete(String clientId, Instant now) {
        return jdbc.sql(
                                """
                                UPDATE machine_client SET deleted_at = :at
                                WHERE client_id = :id AND deleted_at IS NULL
                                """)
                        .param("id", clientId)
                        .param("at", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    Optional<MachineClient> find(String clientId) {
        return jdbc.sql(
                        """
                        SELECT client_id, secret_digest, role, account_id, created_at
                        FROM machine_client WHERE client_id = :id AND deleted_at IS NULL
                        """)
                .param("id", clientId)
                .query(MachineClientTable::client)
                .optional();
    }

    List<MachineClient> all() {
        return jdbc.sql(
                        """
                        SELECT client_id, secret_digest, role, account_id, created_at
                        FROM machine_client WHERE deleted_at IS NULL ORDER BY client_id
                        """)
                .query(MachineClientTable::client)
                .list();
    }

    private static MachineClient client(ResultSet row, int number) throws SQLException {
        String account = row.getString("account_id");
        return new MachineClient(
                row.getString("client_id"),
                row.getString("secret_digest"),
                new Grant(
                        Role.parse(row.getString("role")),
                        account == null ? null : AccountId.parse(account)),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
