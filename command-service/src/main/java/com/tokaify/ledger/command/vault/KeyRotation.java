package com.tokaify.ledger.command.vault;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives the vault a new key-encryption key and wraps every account key anew under it, a few at a
 * time, while secrets are kept and shown as ever. Stopped half-way, it leaves two keys in use; the
 * next rotation goes on with the newer one. Several instances may rotate at once and share the
 * work. Thread-safe.
 */
final class KeyRotation {
    private static final int AT_A_TIME = 100;

    private final KeyEncryption keys;
    private final KeyInForce inForce;
    private final AccountKeyTable accountKeys;

    KeyRotation(VaultDatabase database, KeyEncryption keys, KeyInForce inForce) {
        this.keys = keys;
        this.inForce = inForce;
        this.accountKeys = new AccountKeyTable(database.jdbc());
    }

    /**
     * @param keyId the key in force
     * @param rewrapped account keys this call has wrapped anew
     */
    record Rotated(String keyId, int rewrapped) {}

    /**
     * @param retireOldKeys throws away the keys nothing is wrapped under any more; what was wrapped
     *     under them, in an old back-up for example, never opens again
     * @throws VaultUnavailable where the keys cannot be reached or changed
     */
    Rotated rotate(boolean retireOldKeys) {
        String keyId = begin();
        int rewrapped = 0;
        int some;
        do {
            some = rewrapSome(keyId);
            rewrapped += some;
        } while (some > 0);
        if (retireOldKeys) {
            keyId = inForce.changing(() -> keys.retireAllBut(accountKeys.keyIds()));
        }
        return new Rotated(keyId, rewrapped);
    }

    /** A rotation that was not finished is finished first. */
    private String begin() {
        inForce.agree();
        return inForce.changing(() -> {
            boolean unfinished =
                    !accountKeys.keyIds().stream().allMatch(keys.currentKeyId()::equals);
            if (!unfinished) {
                keys.renew();
            }
        });
    }

    /**
     * @return how many; none where all are done, or another rotation has overtaken this one and
     *     does them
     */
    private int rewrapSome(String keyId) {
        AtomicInteger done = new AtomicInteger();
        inForce.holding(
                keyId,
                () -> {
                    List<AccountKeyTable.WrappedKey> some =
                            accountKeys.wrappedUnderOthers(keyId, AT_A_TIME);
                    for (AccountKeyTable.WrappedKey each : some) {
                        accountKeys.replace(each.account(), rewrap(each), keyId);
                    }
                    done.set(some.size());
                });
        return done.get();
    }

    private byte[] rewrap(AccountKeyTable.WrappedKey old) {
        byte[] key = AccountKeys.unwrap(keys, old.account(), old.wrapped());
        try {
            return keys.wrap(key, AccountKeys.context(old.account()));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
