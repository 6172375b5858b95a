package com.tokaify.ledger.audit.witness;

import com.tokaify.ledger.audit.core.Note;
import com.tokaify.ledger.audit.core.VerifierKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/** An Ed25519 key that signs notes, and the public half that verifies them. */
public record SigningKey(VerifierKey verifier, PrivateKey key) {

    public static SigningKey generate(String name, VerifierKey.Use use) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new SigningKey(VerifierKey.of(name, use, pair.getPublic()), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /**
     * A line for the note with this text.
     *
     * @param seconds since 1970, which a cosignature says and a log's own does not
     */
    public Note.Signature sign(String text, long seconds) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(VerifierKey.message(verifier.use(), text, seconds));
            byte[] bare = signer.sign();
            ByteBuffer line = ByteBuffer.allocate(Integer.BYTES + Long.BYTES + bare.length);
            line.putInt(verifier.id());
            if (verifier.use() == VerifierKey.Use.COSIGNATURE) {
                line.putLong(seconds);
            }
            line.put(bare).flip();
            byte[] bytes = new byte[line.remaining()];
            line.get(bytes);
            return new Note.Signature(verifier.name(), Base64.getEncoder().encodeToString(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing with " + verifier.name(), e);
        }
    }

    @Override
    public String toString() {
        return verifier + " [hidden]";
    }
}
