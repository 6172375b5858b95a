package com.tokaify.ledger.command.vault;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import java.nio.charset.StandardCharsets;

/**
 * A secret as it lies in the vault.
 *
 * @param version 1 for the one the token began with, one more for each rotation
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are handed on, never compared
record KeptSecret(AccountId account, TokenId token, int version, byte[] ciphertext) {

    /** Bound to the ciphertext, so that it opens in its own row only. */
    static byte[] context(AccountId account, TokenId token, int version) {
        return (account + "|" + token + "|" + version).getBytes(StandardCharsets.US_ASCII);
    }
}
