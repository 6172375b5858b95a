package com.tokaify.ledger.command.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.Aead;
import com.tokaify.ledger.events.id.AccountId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The key of each account: made at its first secret, stored wrapped, and kept in memory for a
 * while, so that secrets are encrypted without asking anybody. Thread-safe.
 */
final class AccountKeys {
    /** So that keys taken away from the vault are not used much longer. */
    private static final Duration IN_MEMORY = Duration.ofMinutes(10);

    private final VaultDatabase database;
    private final KeyEncryption keys;
    private final KeyInForce inForce;
    private final AccountKeyTable table;
    private final Cache<AccountId, Aead> opened;

    /**
     * @param inMemory keys that are kept opened
     */
    AccountKeys(VaultDatabase database, KeyEncryption keys, KeyInForce inForce, int inMemory) {
        this.database = database;
        this.keys = keys;
        this.inForce = inForce;
        this.table = new AccountKeyTable(database.jdbc());
        this.opened =
                Caffeine.newBuilder().maximumSize(inMemory).expireAfterWrite(IN_MEMORY).build();
    }

    /**
     * The account's key, made where it has none.
     *
     * @throws VaultUnavailable where it can be neither opened nor made
     */
    Aead of(AccountId account) {
        Aead known = opened.getIfPresent(account);
        if (known == null) {
            // Two threads may come here at once; the database decides on one key.
            known = open(account, find(account).orElseGet(() -> make(account)));
            opened.put(account, known);
        }
        return known;
    }

    private Optional<byte[]> find(AccountId account) {
        return database.inTransaction(() -> table.find(account));
    }

    private byte[] make(AccountId account) {
        inForce.mustBeAgreed();
        String current = keys.currentKeyId();
        byte[] wrapped = wrapNew(account);
        if (!inForce.holding(current, () -> table.add(account, wrapped, current))) {
            // The keys have changed just now; once more, and nobody else meanwhile.
            inForce.agree(keyId -> table.add(account, wrapNew(account), keyId));
        }
        return find(account).orElseThrow();
    }

    private byte[] wrapNew(AccountId account) {
        byte[] key = Keysets.serialize(Keysets.generate());
        try {
            return keys.wrap(key, context(account));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private Aead open(AccountId account, byte[] wrapped) {
        byte[] key = unwrap(keys, account, wrapped);
        try {
            return Keysets.aead(Keysets.parse(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of " + account + " is none", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * @return the account's key; the caller wipes it
     */
    static byte[] unwrap(KeyEncryption keys, AccountId account, byte[] wrapped) {
        return keys.unwrap(wrapped, context(account));
    }

    /** Bound to a wrapped key, so that it opens as this account's only. */
    static byte[] context(AccountId account) {
        return account.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
