package com.tokaify.ledger.command.vault;

import com.google.crypto.tink.Aead;
import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * The part of the vault that is one account's, open to put secrets in. Asks nobody any more, so
 * that it may be used on the lanes' threads, once it is decided which secret of its token a new one
 * is. Thread-safe.
 */
public final class Safe {
    /** Of the secret a token begins with. */
    public static final int FIRST_VERSION = 1;

    private final AccountId account;
    private final Aead key;

    Safe(AccountId account, Aead key) {
        this.account = account;
        this.key = key;
    }

    /**
     * Encrypts a token's secret.
     *
     * @param version of the secret; those before it are deleted
     * @return belongs in the transaction of the event by which the secret becomes the token's
     */
    public SideWrite put(TokenId token, int version, TokenSecret secret) {
        SideWrite add = SecretTable.add(encrypt(token, version, secret));
        return version == FIRST_VERSION
                ? add
                : connection -> {
                    SecretTable.deleteBefore(token, version).write(connection);
                    add.write(connection);
                };
    }

    private KeptSecret encrypt(TokenId token, int version, TokenSecret secret) {
        byte[] plain = secret.reveal().getBytes(StandardCharsets.US_ASCII);
        try {
            return new KeptSecret(
                    account,
                    token,
                    version,
                    key.encrypt(plain, KeptSecret.context(account, token, version)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a secret cannot be encrypted", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }
}
