package com.tokaify.ledger.console.user;

import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import com.tokaify.ledger.events.id.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Links that are good once, for one user: to choose a name and a password, or a new password. Kept
 * as digests, so that who reads the table cannot follow them. A newer link ends those before it.
 */
@Repository
@WithEmbeddedIssuer
class InvitationTable {
    private final JdbcClient jdbc;

    InvitationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void put(UserId user, String code, Instant expiresAt) {
        jdbc.sql(
                        """
                        INSERT INTO invitation (user_id, code_digest, expires_at)
                        VALUES (:user, :digest, :expires)
                        ON CONFLICT (user_id) DO UPDATE
                            SET code_digest = excluded.code_digest, expires_at = excluded.expires_at
                        """)
                .param("user", user.toString())
                .param("digest", digest(code))
                .param("expires", expiresAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Whose it is; looking does not use it up. */
    Optional<UserId> find(String code, Instant now) {
        return jdbc.sql(
                        """
                        SELECT user_id FROM invitation
                        WHERE code_digest = :digest AND expires_at > :now
                        """)
                .param("digest", digest(code))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .optional()
                .map(UserId::parse);
    }

    /** False where somebody else was faster. */
    boolean use(String code) {
        return jdbc.sql("DELETE FROM invitation WHERE code_digest = :digest")
                        .param("digest", digest(code))
                        .update()
                == 1;
    }

    /** Ends the link of a user, where there is one. */
    void end(UserId user) {
        jdbc.sql("DELETE FROM invitation WHERE user_id = :user")
                .param("user", user.toString())
                .update();
    }

    private static byte[] digest(String code) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(code.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
