package com.tokaify.ledger.command.vault;

import com.google.crypto.tink.Aead;
import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Keeps secrets so that they can be shown again: encrypted under the account's key, bound to
 * account, token and version. What goes in or out of the tables goes in the transaction of the
 * event that says so, as {@code ledger_writer}; only {@code ledger_vault} reads. Thread-safe.
 */
public final class SecretVault {
    private final VaultDatabase database;
    private final SecretTable secrets;
    private final AccountKeys accountKeys;

    SecretVault(VaultDatabase database, AccountKeys accountKeys) {
        this.database = database;
        this.secrets = new SecretTable(database.jdbc());
        this.accountKeys = accountKeys;
    }

    /**
     * The part of the vault that is an account's, open to put secrets in.
     *
     * @throws VaultUnavailable where they could not be kept
     */
    public Safe safeOf(AccountId account) {
        return new Safe(account, accountKeys.of(account));
    }

    /** Belongs in the transaction of the event that deletes a token. */
    static SideWrite forget(TokenId token) {
        return SecretTable.deleteAll(token);
    }

    /**
     * Whether a token's secret could be opened now: not where only its hash is known, or it is
     * deleted.
     *
     * @throws VaultUnavailable where it is there, and cannot be opened at the moment
     */
    public boolean holds(TokenId token) {
        Optional<KeptSecret> kept = kept(token);
        kept.ifPresent(found -> accountKeys.of(found.account()));
        return kept.isPresent();
    }

    /**
     * Decrypts a token's secret.
     *
     * @param version 1 for the one the token began with, one more for each rotation
     * @return empty where the vault does not hold it, or not any more
     * @throws VaultUnavailable where it cannot be opened at the moment
     * @throws IllegalStateException where it was changed, or moved here from another row
     */
    public Optional<TokenSecret> open(TokenId token, int version) {
        return kept(token).filter(kept -> kept.version() == version).map(this::decrypt);
    }

    private Optional<KeptSecret> kept(TokenId token) {
        return database.inTransaction(() -> secrets.newest(token));
    }

    private TokenSecret decrypt(KeptSecret kept) {
        Aead key = accountKeys.of(kept.account());
        byte[] plain = {};
        try {
            plain =
                    key.decrypt(
                            kept.ciphertext(),
                            KeptSecret.context(kept.account(), kept.token(), kept.version()));
            String text = new String(plain, StandardCharsets.US_ASCII);
            return TokenSecret.parse(text).or(() -> TokenSecret.parseForeign(text)).orElseThrow();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the secret of "
                            + kept.token()
                            + " does not open: it was changed, or is another token's",
                    e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }
}
