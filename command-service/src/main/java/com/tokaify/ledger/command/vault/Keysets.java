package com.tokaify.ledger.command.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;

/**
 * Tink as it is used here: AES-256-GCM, keysets as bytes of Tink's binary format, and no global
 * registry. What these methods cannot do fails as a broken invariant.
 */
final class Keysets {
    private static final Configuration CONFIGURATION = AeadConfig2026.get();

    private Keysets() {}

    /** A keyset of one new key. */
    static KeysetHandle generate() {
        try {
            return KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, CONFIGURATION);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key cannot be made", e);
        }
    }

    /** The same keys and a new one, which encrypts from now on. */
    static KeysetHandle renewed(KeysetHandle keys) {
        return build(
                KeysetHandle.newBuilder(keys)
                        .addEntry(
                                KeysetHandle.generateEntryFromParameters(
                                                PredefinedAeadParameters.AES256_GCM)
                                        .withRandomId()
                                        .makePrimary()));
    }

    static KeysetHandle build(KeysetHandle.Builder keys) {
        try {
            return keys.setConfiguration(CONFIGURATION).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keys do not go together", e);
        }
    }

    static byte[] serialize(KeysetHandle keys) {
        try {
            return TinkProtoKeysetFormat.serializeKeyset(
                    keys, InsecureSecretKeyAccess.get(), CONFIGURATION);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("keys cannot be written", e);
        }
    }

    /**
     * @throws GeneralSecurityException where the bytes are no keyset
     */
    static KeysetHandle parse(byte[] keyset) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.parseKeyset(
                keyset, InsecureSecretKeyAccess.get(), CONFIGURATION);
    }

    /**
     * @throws GeneralSecurityException where the keys are for something else
     */
    static Aead aead(KeysetHandle keys) throws GeneralSecurityException {
        return keys.getPrimitive(CONFIGURATION, Aead.class);
    }
}
