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
     * A secret that was shown or may be.
     *
     * @param version 1 for the one the token began with, one more for each rotation
     */
    public record Shown(AccountId account, int version, TokenSecret secret) {}

    /**
     * Encrypts a token's secret.
     *
     * @param version of the secret; those before it are deleted
     * @return belongs in the transaction of the event by which the secret becomes the token's
     * @throws VaultUnavailable where it cannot be kept
     */
    public SideWrite keep(AccountId account, TokenId token, int version, TokenSecret secret) {
        byte[] plain = secret.reveal().getBytes(StandardCharsets.US_ASCII);
        try {
            KeptSecret kept =
                    new KeptSecret(
                            account,
                            token,
                            version,
                            accountKeys
                                    .of(account)
                                    .encrypt(plain, KeptSecret.context(account, token, version)));
            return connection -> {
                SecretTable.deleteBefore(token, version).write(connection);
                SecretTable.add(kept).write(connection);
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a secret cannot be encrypted", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** Belongs in the transaction of the event that deletes a token. */
    static SideWrite forget(TokenId token) {
        return SecretTable.deleteAll(token);
    }

    /**
     * Whether a token's secret can be shown: not where only its hash is known, or it is deleted.
     *
     * @throws VaultUnavailable where nobody can say
     */
    public boolean holds(TokenId token) {
        return kept(token).isPresent();
    }

    /**
     * Decrypts a token's secret.
     *
     * @return empty where the vault does not hold it
     * @throws VaultUnavailable where it cannot be opened at the moment
     * @throws IllegalStateException where it was changed, or moved here from another row
     */
    public Optional<Shown> open(TokenId token) {
        return kept(token).map(this::decrypt);
    }

    private Optional<KeptSecret> kept(TokenId token) {
        return database.inTransaction(() -> secrets.newest(token));
    }

    private Shown decrypt(KeptSecret kept) {
        Aead key = accountKeys.of(kept.account());
        byte[] plain = {};
        try {
            plain =
                    key.decrypt(
                            kept.ciphertext(),
                            KeptSecret.context(kept.account(), kept.token(), kept.version()));
            String text = new String(plain, StandardCharsets.US_ASCII);
            TokenSecret secret =
                    TokenSecret.parse(text).or(() -> TokenSecret.parseForeign(text)).orElseThrow();
            return new Shown(kept.account(), kept.version(), secret);
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
