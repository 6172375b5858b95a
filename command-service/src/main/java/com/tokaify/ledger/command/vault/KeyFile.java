package com.tokaify.ledger.command.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.tokaify.ledger.events.secret.PrivateFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Key encryption by a file: a Tink keyset of which one key encrypts and all decrypt, a private one.
 * Losing it loses what can be shown again, and nothing else.
 *
 * <p>Several instances may share the file. Whoever wraps, renews or retires reads it first; whoever
 * unwraps does so when it meets a key it does not know. Changes are serialized by {@link
 * KeyInForce}. Thread-safe.
 */
final class KeyFile implements KeyEncryption {
    /** Tink's prefix: one byte for its kind, four for the key's id. */
    private static final int PREFIX_BYTES = 5;

    private static final byte PREFIX_KIND = 1;

    private final Path file;
    private final BooleanSupplier mayBeMade;
    private volatile @Nullable Keys known;

    /**
     * @param mayBeMade asked where the file is missing: whether nothing needs the keys it held
     */
    KeyFile(Path file, BooleanSupplier mayBeMade) {
        this.file = file;
        this.mayBeMade = mayBeMade;
    }

    private record Keys(KeysetHandle handle, Aead aead) {
        static Keys of(KeysetHandle handle) throws GeneralSecurityException {
            return new Keys(handle, Keysets.aead(handle));
        }

        String primaryId() {
            return name(handle.getPrimary().getId());
        }

        Set<String> ids() {
            Set<String> ids = new LinkedHashSet<>();
            for (int i = 0; i < handle.size(); i++) {
                ids.add(name(handle.getAt(i).getId()));
            }
            return ids;
        }

        private static String name(int id) {
            return Integer.toUnsignedString(id);
        }
    }

    @Override
    public void renew() {
        write(Keysets.renewed(read().handle()));
    }

    @Override
    public void retireAllBut(Set<String> needed) {
        Keys keys = read();
        KeysetHandle.Builder rest = KeysetHandle.newBuilder(keys.handle());
        for (int i = rest.size() - 1; i >= 0; i--) {
            KeysetHandle.Entry entry = keys.handle().getAt(i);
            if (!entry.isPrimary() && !needed.contains(Keys.name(entry.getId()))) {
                rest.deleteAt(i);
            }
        }
        if (rest.size() < keys.handle().size()) {
            write(Keysets.build(rest));
        }
    }

    @Override
    public String currentKeyId() {
        return read().primaryId();
    }

    @Override
    public byte[] wrap(byte[] key, byte[] context) {
        try {
            return read().aead().encrypt(key, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key cannot be wrapped", e);
        }
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] context) {
        String id = keyId(wrapped);
        Keys keys = known;
        if (keys == null || !keys.ids().contains(id)) {
            keys = read();
        }
        if (!keys.ids().contains(id)) {
            throw new VaultUnavailable(
                    "The vault's key file " + file + " has no key " + id + ", which is needed.");
        }
        try {
            return keys.aead().decrypt(wrapped, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "an account key does not open: it was changed, or is another account's", e);
        }
    }

    private static String keyId(byte[] wrapped) {
        if (wrapped.length < PREFIX_BYTES || wrapped[0] != PREFIX_KIND) {
            throw new IllegalStateException("an account key is not wrapped as it should be");
        }
        return Keys.name(ByteBuffer.wrap(wrapped, 1, Integer.BYTES).getInt());
    }

    private void mustBeNamed() {
        if (file.toString().isEmpty()) {
            throw new VaultUnavailable("LEDGER_VAULT_KEY_FILE names no key file for the vault.");
        }
    }

    /** Reads the file anew, and makes it where it has never been needed. */
    private Keys read() {
        mustBeNamed();
        byte[] bytes = {};
        try {
            bytes = PrivateFile.read(file);
            Keys keys = Keys.of(Keysets.parse(bytes));
            known = keys;
            return keys;
        } catch (NoSuchFileException e) {
            if (mayBeMade.getAsBoolean()) {
                return write(Keysets.generate());
            }
            throw new VaultUnavailable("The vault's key file " + file + " is missing.", e);
        } catch (PrivateFile.NotPrivate e) {
            throw new VaultUnavailable("The vault's key file " + e.getMessage(), e);
        } catch (IOException e) {
            throw new VaultUnavailable("The vault's key file " + file + " cannot be read.", e);
        } catch (GeneralSecurityException e) {
            throw new VaultUnavailable("The vault's key file " + file + " holds no keyset.", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private Keys write(KeysetHandle handle) {
        mustBeNamed();
        byte[] bytes = Keysets.serialize(handle);
        try {
            PrivateFile.write(file, bytes);
            Keys keys = Keys.of(handle);
            known = keys;
            return keys;
        } catch (IOException e) {
            throw new VaultUnavailable("The vault's key file " + file + " cannot be written.", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keys just made cannot be used", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
