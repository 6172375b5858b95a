package com.tokaify.ledger.seals;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.PublicKey;
import java.util.Base64;

/**
 * What verifies the log's notes, for everybody to have. As text {@code <name>+<id>+<base64>}, as
 * c2sp.org/signed-note has it.
 */
public final class VerifierKey {
    private final KeyName name;
    private final PublicKey key;

    private VerifierKey(KeyName name, PublicKey key) {
        this.name = name;
        this.key = key;
    }

    static VerifierKey of(String name, PublicKey key) {
        return new VerifierKey(KeyName.of(name, Ed25519.bytes(key)), key);
    }

    /**
     * @throws IllegalArgumentException where the text is no verifier key
     */
    public static VerifierKey parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "a verifier key is <name>+<id>+<base64>, not '" + text + "'");
        }
        byte[] bytes = KeyName.untyped(Base64.getDecoder().decode(parts[2]));
        VerifierKey key = of(parts[0], Ed25519.publicKey(bytes));
        if (!key.toString().equals(text)) {
            throw new IllegalArgumentException("the verifier key's id is not that of its bytes");
        }
        return key;
    }

    public String name() {
        return name.name();
    }

    /** Whether the note bears this key's signature, and it is right. */
    public boolean verifies(SignedNote note) {
        return note.signatures().stream()
                .filter(each -> each.name().equals(name.name()) && each.keyId().equals(name.id()))
                .anyMatch(each -> verifies(note.text().getBytes(UTF_8), each.signature()));
    }

    boolean verifies(byte[] message, byte[] signature) {
        return Ed25519.verifies(key, message, signature);
    }

    KeyName keyName() {
        return name;
    }

    @Override
    public String toString() {
        return name.name()
                + "+"
                + name.id()
                + "+"
                + Base64.getEncoder().encodeToString(KeyName.typed(Ed25519.bytes(key)));
    }
}
