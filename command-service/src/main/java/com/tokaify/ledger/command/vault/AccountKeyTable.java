package com.tokaify.ledger.command.vault;

import com.tokaify.ledger.events.id.AccountId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code vault.account_key}: the accounts' keys, wrapped. Written only by who holds the lock of
 * {@link KeyInForceTable}.
 */
final class AccountKeyTable {
    private static final String FIND =
            "select account, wrapped from vault.account_key where account = ?";

    private static final String ADD =
            """
            insert into vault.account_key (account, wrapped, key_id) values (?, ?, ?)
            on conflict (account) do nothing
            """;

    /** What another instance is wrapping anew at this moment is left to it. */
    private static final String UNDER_OTHERS =
            """
            select account, wrapped from vault.account_key where key_id <> ?
            order by account limit ? for update skip locked
            """;

    private static final String REPLACE =
            """
            update vault.account_key set wrapped = ?, key_id = ?, wrapped_at = now()
            where account = ?
            """;

    private static final String KEY_IDS = "select distinct key_id from vault.account_key";

    private static final String ANY = "select exists (select from vault.account_key)";

    private final JdbcClient jdbc;

    AccountKeyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @SuppressWarnings("ArrayRecordComponent") // the bytes are handed on, never compared
    record WrappedKey(AccountId account, byte[] wrapped) {}

    Optional<byte[]> find(AccountId account) {
        return jdbc.sql(FIND)
                .param(account.uuid())
                .query((row, _) -> row.getBytes("wrapped"))
                .optional();
    }

    /** Adds a key unless the account has one. */
    void add(AccountId account, byte[] wrapped, String keyId) {
        jdbc.sql(ADD).param(account.uuid()).param(wrapped).param(keyId).update();
    }

    /** Some keys that are wrapped under another key than this one, locked. */
    List<WrappedKey> wrappedUnderOthers(String keyId, int limit) {
        return jdbc.sql(UNDER_OTHERS)
                .param(keyId)
                .param(limit)
                .query((row, _) ->
                        new WrappedKey(
                                new AccountId(row.getObject("account", UUID.class)),
                                row.getBytes("wrapped")))
                .list();
    }

    void replace(AccountId account, byte[] wrapped, String keyId) {
        jdbc.sql(REPLACE).param(wrapped).param(keyId).param(account.uuid()).update();
    }

    /** The keys that account keys are wrapped under. */
    Set<String> keyIds() {
        return jdbc.sql(KEY_IDS).query((row, _) -> row.getString("key_id")).set();
    }

    boolean any() {
        return jdbc.sql(ANY).query(Boolean.class).single();
    }
}
