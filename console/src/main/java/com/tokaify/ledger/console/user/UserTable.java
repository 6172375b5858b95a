package com.tokaify.ledger.console.user;

import com.tokaify.ledger.console.Grant;
import com.tokaify.ledger.console.Role;
import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The people the embedded issuer knows. Nobody is ever deleted: events name them as actors. */
@Repository
@WithEmbeddedIssuer
public class UserTable {
    private static final String COLUMNS =
            "user_id, name, role, account_id, password_hash IS NOT NULL AS has_password,"
                    + " created_at, last_signed_in_at, disabled_at";

    private final JdbcClient jdbc;

    UserTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Another user has the name. */
    public static final class NameTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NameTaken(Throwable cause) {
            super("the name is taken", cause);
        }
    }

    /**
     * @throws NameTaken where another has the name
     */
    void add(UserId id, @Nullable UserName name, Grant grant, Instant now) {
        try {
            jdbc.sql(
                            """
                            INSERT INTO console_user (user_id, name, name_key, role, account_id, created_at)
                            VALUES (:id, :name, :key, :role, :account, :at)
                            """)
                    .param("id", id.toString())
                    .param("name", name == null ? null : name.text())
                    .param("key", name == null ? null : name.key())
                    .param("role", grant.role().text())
                    .param("account", grant.accountText())
                    .param("at", now.atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new NameTaken(e);
        }
    }

    /**
     * @throws NameTaken where another has the name
     */
    void choose(UserId id, UserName name, String passwordHash) {
        try {
            jdbc.sql(
                            """
                            UPDATE console_user SET name = :name, name_key = :key, password_hash = :hash
                            WHERE user_id = :id
                            """)
                    .param("id", id.toString())
                    .param("name", name.text())
                    .param("key", name.key())
                    .param("hash", passwordHash)
                    .update();
        } catch (DuplicateKeyException e) {
            throw new NameTaken(e);
        }
    }

    void changePassword(UserId id, String passwordHash) {
        jdbc.sql("UPDATE console_user SET password_hash = :hash WHERE user_id = :id")
                .param("id", id.toString())
                .param("hash", passwordHash)
                .update();
    }

    /**
     * Refused where nobody would be left to let people in. Both statements in one transaction: the
     * lock keeps two operators from disabling each other.
     */
    boolean disableUnlessLastOperator(UserId id, Instant now) {
        jdbc.sql(
                        "SELECT user_id FROM console_user WHERE role = 'operator' ORDER BY user_id FOR UPDATE")
                .query(String.class)
                .list();
        return jdbc.sql(
                                """
                                UPDATE console_user SET disabled_at = coalesce(disabled_at, :at)
                                WHERE user_id = :id
                                    AND (role <> 'operator' OR EXISTS (
                                        SELECT FROM console_user other
                                        WHERE other.role = 'operator' AND other.user_id <> :id
                                            AND other.disabled_at IS NULL AND other.password_hash IS NOT NULL))
                                """)
                        .param("id", id.toString())
                        .param("at", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    void enable(UserId id) {
        jdbc.sql("UPDATE console_user SET disabled_at = NULL WHERE user_id = :id")
                .param("id", id.toString())
                .update();
    }

    /** Somebody has just entered the right password. */
    public void signedIn(UserId id, Instant now) {
        jdbc.sql("UPDATE console_user SET last_signed_in_at = :at WHERE user_id = :id")
                .param("id", id.toString())
                .param("at", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** By id. */
    public Optional<User> find(UserId id) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM console_user WHERE user_id = :id")
                .param("id", id.toString())
                .query(UserTable::user)
                .optional();
    }

    /** By what they type, however they type it. */
    public Optional<User> findByName(String typed) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM console_user WHERE name_key = lower(:name)")
                .param("name", typed.strip())
                .query(UserTable::user)
                .optional();
    }

    /** The hash of their password, where they have one. */
    public Optional<String> passwordHash(UserId id) {
        return jdbc.sql(
                        """
                        SELECT password_hash FROM console_user
                        WHERE user_id = :id AND password_hash IS NOT NULL
                        """)
                .param("id", id.toString())
                .query(String.class)
                .optional();
    }

    /** The newest last. */
    List<User> all() {
        return jdbc.sql("SELECT " + COLUMNS + " FROM console_user ORDER BY user_id")
                .query(UserTable::user)
                .list();
    }

    /**
     * Those of these people who have a name, as far as somebody may know of them: who sees every
     * account knows everybody; others know those of their own account, and themselves.
     */
    List<User> named(Collection<UserId> ids, UserId asker, Grant grant) {
        return jdbc.sql(
                        """
                        SELECT %s
                        FROM console_user
                        WHERE user_id = ANY (:ids) AND name IS NOT NULL
                            AND (:everybody OR user_id = :asker OR account_id = :account)
                        ORDER BY user_id
                        """
                                .formatted(COLUMNS))
                .param("ids", ids.stream().map(UserId::toString).toArray(String[]::new))
                .param("everybody", grant.isForEveryAccount())
                .param("asker", asker.toString())
                .param("account", grant.accountText())
                .query(UserTable::user)
                .list();
    }

    /** Whether nobody was ever let in. */
    public boolean isEmpty() {
        return jdbc.sql("SELECT NOT EXISTS (SELECT FROM console_user)")
                .query(Boolean.class)
                .single();
    }

    private static User user(ResultSet row, int number) throws SQLException {
        String account = row.getString("account_id");
        return new User(
                UserId.parse(row.getString("user_id")),
                row.getString("name"),
                new Grant(
                        Role.parse(row.getString("role")),
                        account == null ? null : AccountId.parse(account)),
                row.getBoolean("has_password"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "last_signed_in_at"),
                instant(row, "disabled_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
