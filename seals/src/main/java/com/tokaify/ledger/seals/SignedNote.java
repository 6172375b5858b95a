package com.tokaify.ledger.seals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Text with signatures below it, as c2sp.org/signed-note has it. What the signatures are worth says
 * a {@link VerifierKey}.
 *
 * @param text with its last line break
 */
public record SignedNote(String text, List<SignatureLine> signatures) {
    private static final String DASH = "— ";
    private static final int MAX_LENGTH = 100_000;

    /**
     * @param keyId in hex
     */
    @SuppressWarnings("ArrayRecordComponent") // verified, never compared
    public record SignatureLine(String name, String keyId, byte[] signature) {

        private static SignatureLine parse(String line) {
            String[] parts = line.split(" ", -1);
            if (parts.length != 3 || !line.startsWith(DASH)) {
                throw new IllegalArgumentException("no signature line: '" + line + "'");
            }
            byte[] bytes = Base64.getDecoder().decode(parts[2]);
            if (bytes.length <= KeyName.ID_BYTES) {
                throw new IllegalArgumentException("no signature: '" + line + "'");
            }
            return new SignatureLine(
                    parts[1],
                    HexFormat.of().formatHex(bytes, 0, KeyName.ID_BYTES),
                    Arrays.copyOfRange(bytes, KeyName.ID_BYTES, bytes.length));
        }

        @Override
        public String toString() {
            byte[] id = HexFormat.of().parseHex(keyId);
            byte[] bytes = Arrays.copyOf(id, id.length + signature.length);
            System.arraycopy(signature, 0, bytes, id.length, signature.length);
            return DASH + name + " " + Base64.getEncoder().encodeToString(bytes);
        }
    }

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    static SignedNote of(String text, SignatureLine signature) {
        return new SignedNote(text, List.of(signature));
    }

    /**
     * @throws IllegalArgumentException where it is no signed note
     */
    public static SignedNote parse(String note) {
        int gap = note.lastIndexOf("\n\n");
        if (gap < 0 || !note.endsWith("\n") || note.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("no signed note");
        }
        List<SignatureLine> signatures = new ArrayList<>();
        note.substring(gap + 2).lines().forEach(line -> signatures.add(SignatureLine.parse(line)));
        if (signatures.isEmpty()) {
            throw new IllegalArgumentException("a note without a signature");
        }
        return new SignedNote(note.substring(0, gap + 1), signatures);
    }

    /** The note as it is handed on. */
    @Override
    public String toString() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(each -> note.append(each).append('\n'));
        return note.toString();
    }
}
