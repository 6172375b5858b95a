package com.tokaify.ledger.command.vault;

import java.util.Set;

/**
 * Encrypts the keys of accounts under a key that does not lie in the database: {@link #wrap} and
 * {@link #unwrap} are the port behind which a key file or a key management service stands.
 * Thread-safe; may block.
 *
 * <p>What is wrapped names the key it is wrapped under, so that {@link #unwrap} finds it after the
 * current one has changed.
 */
public interface KeyEncryption {
    /**
     * Names the key {@link #wrap} uses now; what is stored under another one is wrapped anew.
     *
     * @throws VaultUnavailable where the keys cannot be reached
     */
    String currentKeyId();

    /**
     * @param key left as it is; the caller wipes it
     * @param context bound to the result, and not in it
     * @throws VaultUnavailable where the keys cannot be reached
     */
    byte[] wrap(byte[] key, byte[] context);

    /**
     * @return the key; the caller wipes it
     * @throws VaultUnavailable where the keys cannot be reached, or the one it was wrapped under is
     *     not among them
     * @throws IllegalStateException where it was wrapped in another context, or changed since
     */
    byte[] unwrap(byte[] wrapped, byte[] context);

    /** Makes a new key the current one, where keys are made here. A service does that itself. */
    default void renew() {}

    /** Throws away keys that are neither current nor needed, where they are kept here. */
    default void retireAllBut(Set<String> needed) {}
}
