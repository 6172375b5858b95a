package com.tokaify.ledger.command.vault;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code vault.key_in_force}: the key that account keys are wrapped under at present, for all
 * instances. Its locks order them; both last until the transaction's end.
 */
final class KeyInForceTable {
    private static final String SHARE =
            "select true from vault.key_in_force where key_id = ? for share";

    /** Waits for everybody who shares, and keeps out who would. */
    private static final String EXCLUDE = "lock table vault.key_in_force in exclusive mode";

    private static final String FIND = "select key_id from vault.key_in_force";

    private static final String PUT =
            """
            insert into vault.key_in_force (key_id) values (?)
            on conflict (the_only) do update set key_id = excluded.key_id, since = now()
            """;

    private final JdbcClient jdbc;

    KeyInForceTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Holds a key in force until the transaction ends.
     *
     * @return false where another one is
     */
    boolean hold(String keyId) {
        return jdbc.sql(SHARE).param(keyId).query(Boolean.class).optional().isPresent();
    }

    /** From here to the transaction's end nobody else wraps, or changes the keys. */
    void excludeOthers() {
        jdbc.sql(EXCLUDE).update();
    }

    Optional<String> find() {
        return jdbc.sql(FIND).query(String.class).optional();
    }

    void put(String keyId) {
        jdbc.sql(PUT).param(keyId).update();
    }
}
