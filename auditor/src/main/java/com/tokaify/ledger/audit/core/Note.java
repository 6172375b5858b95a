package com.tokaify.ledger.audit.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A signed note (c2sp.org/signed-note): text, and who signed it. Says nothing about whether the
 * signatures are good: that does a {@link VerifierKey}.
 *
 * @param text with the newline that ends it
 */
public record Note(String text, List<Signature> signatures) {
    private static final String DASH = "\u2014 ";

    /**
     * One line of them.
     *
     * @param base64 four bytes that tell keys of one name apart, and the signature
     */
    public record Signature(String name, String base64) {
        int keyId() {
            return ByteBuffer.wrap(Hash.base64(base64)).getInt();
        }

        byte[] bytes() {
            byte[] all = Hash.base64(base64);
            return Arrays.copyOfRange(all, Integer.BYTES, all.length);
        }
    }

    /**
     * @throws Malformed where it is not a note
     */
    public static Note parse(String note) {
        int end = note.lastIndexOf("\n\n");
        if (end < 0 || !note.endsWith("\n")) {
            throw new Malformed("a note is a text, an empty line and lines of signatures");
        }
        List<Signature> signatures = new ArrayList<>();
        for (String line : note.substring(end + 2).lines().toList()) {
            int space = line.indexOf(' ', DASH.length());
            if (!line.startsWith(DASH) || space < 0) {
                throw new Malformed("not a signature: " + line);
            }
            String base64 = line.substring(space + 1);
            if (Hash.base64(base64).length <= Integer.BYTES) {
                throw new Malformed("no signature is so short: " + line);
            }
            signatures.add(new Signature(line.substring(DASH.length(), space), base64));
        }
        return new Note(note.substring(0, end + 1), List.copyOf(signatures));
    }

    public Note with(Signature signature) {
        List<Signature> all = new ArrayList<>(signatures);
        all.add(signature);
        return new Note(text, List.copyOf(all));
    }

    /** As it is published. */
    @Override
    public String toString() {
        StringBuilder note = new StringBuilder(text).append('\n');
        for (Signature signature : signatures) {
            note.append(DASH).append(signature.name()).append(' ');
            note.append(signature.base64()).append('\n');
        }
        return note.toString();
    }
}
