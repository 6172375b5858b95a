package com.tokaify.ledger.command.vault;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Which key account keys are wrapped under, agreed upon by all instances. Whoever stores a wrapped
 * key holds the key in force until it is stored; whoever changes keys excludes them. So no account
 * key is ever stored under a key that is being given up, and throwing away the keys nobody needs
 * loses nothing. Thread-safe.
 */
final class KeyInForce {
    private final VaultDatabase database;
    private final KeyEncryption keys;
    private final KeyInForceTable inForce;
    private final AccountKeyTable accountKeys;
    private volatile boolean agreed;

    KeyInForce(VaultDatabase database, KeyEncryption keys) {
        this.database = database;
        this.keys = keys;
        this.inForce = new KeyInForceTable(database.jdbc());
        this.accountKeys = new AccountKeyTable(database.jdbc());
    }

    /** Agrees with the other instances where that has not been done since the start. */
    void mustBeAgreed() {
        if (!agreed) {
            agree();
        }
    }

    /**
     * Makes the current key of this instance the one in force, unless it lacks what is stored under
     * another.
     *
     * @return its id
     * @throws VaultUnavailable where the keys cannot be reached, or are not those of this vault
     */
    String agree() {
        return excludingOthers(this::adopt);
    }

    /** The same, and stores what is wrapped under that key while nobody changes it. */
    void agree(Consumer<String> store) {
        excludingOthers(() -> {
            String keyId = adopt();
            store.accept(keyId);
            return keyId;
        });
    }

    /**
     * Changes the keys while nobody stores any.
     *
     * @return the id of the key in force once that is done
     */
    String changing(Runnable change) {
        return excludingOthers(() -> {
            change.run();
            return adopt();
        });
    }

    private String excludingOthers(Supplier<String> work) {
        String keyId =
                database.inTransaction(() -> {
                    inForce.excludeOthers();
                    return work.get();
                });
        agreed = true;
        return keyId;
    }

    private String adopt() {
        String current = keys.currentKeyId();
        String before = inForce.find().orElse(null);
        if (!current.equals(before)) {
            // Another key file, or a newer one? Only the right one opens what is there.
            accountKeys
                    .wrappedUnderOthers(current, 1)
                    .forEach(key -> AccountKeys.unwrap(keys, key.account(), key.wrapped()));
            inForce.put(current);
        }
        return current;
    }

    /**
     * Stores what was wrapped under a key, in a transaction in which that key stays in force.
     *
     * @return whether it was; nothing is stored otherwise
     */
    boolean holding(String keyId, Runnable store) {
        return database.inTransaction(() -> {
            boolean held = inForce.hold(keyId);
            if (held) {
                store.run();
            }
            return held;
        });
    }
}
