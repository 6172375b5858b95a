package com.tokaify.ledger.seals;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.Base64;

/**
 * What signs the log's notes, and the key they are verified by. As text two lines: {@code
 * PRIVATE+KEY+<name>+<id>+<base64>}, as Go's package note writes it, and the verifier key.
 */
public final class SignerKey {
    private static final String PREFIX = "PRIVATE+KEY+";

    private final PrivateKey key;
    private final VerifierKey verifier;

    private SignerKey(PrivateKey key, VerifierKey verifier) {
        this.key = key;
        this.verifier = verifier;
    }

    /** A new one. */
    public static SignerKey generate(String name) {
        KeyPair pair = Ed25519.generate();
        return new SignerKey(pair.getPrivate(), VerifierKey.of(name, pair.getPublic()));
    }

    /**
     * @throws IllegalArgumentException where the text is no signer key, or its two lines do not
     *     belong to each other; the message does not hold the key
     */
    public static SignerKey parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 3 || !lines[2].isEmpty() || !lines[0].startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "a signer key is two lines, the first of which begins with " + PREFIX);
        }
        VerifierKey verifier = VerifierKey.parse(lines[1]);
        String beginning = PREFIX + verifier.keyName().name() + "+" + verifier.keyName().id() + "+";
        if (!lines[0].startsWith(beginning)) {
            throw new IllegalArgumentException("the signer key is not the verifier key's");
        }
        byte[] seed;
        try {
            seed =
                    KeyName.untyped(
                            Base64.getDecoder().decode(lines[0].substring(beginning.length())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the signer key is not the base64 of one", e);
        }
        SignerKey signer = new SignerKey(Ed25519.privateKey(seed), verifier);
        byte[] trial = "trial".getBytes(UTF_8);
        if (!verifier.verifies(trial, Ed25519.sign(signer.key, trial))) {
            throw new IllegalArgumentException("the signer key is not the verifier key's");
        }
        return signer;
    }

    public VerifierKey verifier() {
        return verifier;
    }

    public SignedNote sign(String text) {
        byte[] signature = Ed25519.sign(key, text.getBytes(UTF_8));
        KeyName name = verifier.keyName();
        return SignedNote.of(text, new SignedNote.SignatureLine(name.name(), name.id(), signature));
    }

    /** For its file. */
    public String secretText() {
        KeyName name = verifier.keyName();
        String seed = Base64.getEncoder().encodeToString(KeyName.typed(Ed25519.bytes(key)));
        return PREFIX + name.name() + "+" + name.id() + "+" + seed + "\n" + verifier + "\n";
    }

    @Override
    public String toString() {
        return "[hidden]";
    }
}
