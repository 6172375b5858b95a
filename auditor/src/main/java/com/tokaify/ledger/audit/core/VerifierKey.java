package com.tokaify.ledger.audit.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A public key that has a name, as one line of text (c2sp.org/signed-note): {@code
 * <name>+<id>+<base64 of a type and the key>}. Ed25519 in both its uses: a log's own signature, and
 * a witness's cosignature.
 *
 * @param id four bytes that tell keys of one name apart
 */
public record VerifierKey(String name, int id, Use use, PublicKey key) {

    /** What the key signs. */
    public enum Use {
        /** The text of a note as it is. */
        NOTE(1),

        /** The text, and the time it was seen (c2sp.org/tlog-cosignature). */
        COSIGNATURE(4);

        private final byte type;

        Use(int type) {
            this.type = (byte) type;
        }
    }

    private static final int RAW_KEY = 32;

    /** What X.509 puts before the bytes of every Ed25519 key. */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    public static VerifierKey of(String name, Use use, PublicKey key) {
        byte[] encoded = key.getEncoded();
        byte[] typed = typed(use, Arrays.copyOfRange(encoded, X509.length, encoded.length));
        return new VerifierKey(name, id(name, typed), use, key);
    }

    /**
     * @throws Malformed where it is not a key, or of a kind nobody knows here
     */
    public static VerifierKey parse(String text) {
        int plus = text.indexOf('+');
        int second = text.indexOf('+', plus + 1);
        if (plus < 1 || second < 0) {
            throw new Malformed("a verifier key is <name>+<id>+<key>: " + text);
        }
        byte[] typed = Hash.base64(text.substring(second + 1));
        for (Use use : Use.values()) {
            if (typed.length == 1 + RAW_KEY && typed[0] == use.type) {
                VerifierKey key = of(text.substring(0, plus), use, publicKey(typed));
                if (!key.toString().equals(text)) {
                    throw new Malformed("the id is not that of the key, " + key);
                }
                return key;
            }
        }
        throw new Malformed("not an Ed25519 key for notes or cosignatures: " + text);
    }

    /** Whether this key signed the note, and everything that says so holds. */
    public boolean signed(Note note) {
        List<Note.Signature> mine =
                note.signatures().stream()
                        .filter(each -> each.name().equals(name) && each.keyId() == id)
                        .toList();
        return !mine.isEmpty() && mine.stream().allMatch(each -> holds(note.text(), each.bytes()));
    }

    private boolean holds(String text, byte[] signature) {
        ByteBuffer left = ByteBuffer.wrap(signature);
        if (use == Use.COSIGNATURE && left.remaining() < Long.BYTES) {
            return false;
        }
        long seconds = use == Use.COSIGNATURE ? left.getLong() : 0;
        byte[] bare = new byte[left.remaining()];
        left.get(bare);
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message(use, text, seconds));
            return verifier.verify(bare);
        } catch (GeneralSecurityException _) {
            return false; // of another length, or no point of the curve
        }
    }

    /** What is signed. */
    public static byte[] message(Use use, String text, long seconds) {
        return switch (use) {
            case NOTE -> text.getBytes(UTF_8);
            case COSIGNATURE -> ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(UTF_8);
        };
    }

    private static int id(String name, byte[] typed) {
        byte[] begin = (name + "\n").getBytes(UTF_8);
        byte[] all = Arrays.copyOf(begin, begin.length + typed.length);
        System.arraycopy(typed, 0, all, begin.length, typed.length);
        return ByteBuffer.wrap(Hash.of(all)).getInt();
    }

    private static byte[] typed(Use use, byte[] raw) {
        return ByteBuffer.allocate(1 + RAW_KEY).put(use.type).put(raw).array();
    }

    private static PublicKey publicKey(byte[] typed) {
        byte[] encoded = Arrays.copyOf(X509, X509.length + RAW_KEY);
        System.arraycopy(typed, 1, encoded, X509.length, RAW_KEY);
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new Malformed("not an Ed25519 key: " + e.getMessage());
        }
    }

    /** As one line of text. */
    @Override
    public String toString() {
        byte[] encoded = key.getEncoded();
        byte[] typed = typed(use, Arrays.copyOfRange(encoded, X509.length, encoded.length));
        return name + "+" + HexFormat.of().toHexDigits(id) + "+" + Hash.text(typed);
    }
}
