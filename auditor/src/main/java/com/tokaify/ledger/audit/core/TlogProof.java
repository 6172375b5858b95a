package com.tokaify.ledger.audit.core;

import java.util.ArrayList;
import java.util.List;

/**
 * A proof that can be carried away (c2sp.org/tlog-proof): a leaf's place, what leads from it to the
 * root, and the checkpoint that signs the root.
 */
public record TlogProof(long index, List<byte[]> path, Note checkpoint) {
    private static final String VERSION = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    /**
     * @throws Malformed where it is not a proof
     */
    public static TlogProof parse(String text) {
        int gap = text.indexOf("\n\n");
        if (gap < 0) {
            throw new Malformed("a proof has an empty line before its checkpoint");
        }
        List<String> lines = new ArrayList<>(text.substring(0, gap).lines().toList());
        if (!lines.removeFirst().equals(VERSION)) {
            throw new Malformed("not a proof of " + VERSION);
        }
        if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
            // Nobody vouches for it, so that it is only looked at whether it is some.
            var _ = Hash.base64(lines.removeFirst().substring(EXTRA.length()));
        }
        if (lines.isEmpty() || !lines.getFirst().matches(INDEX + "(0|[1-9][0-9]{0,17})")) {
            throw new Malformed("a proof says the index of its leaf");
        }
        long index = Long.parseLong(lines.removeFirst().substring(INDEX.length()));
        List<byte[]> path = lines.stream().map(Hash::parse).toList();
        return new TlogProof(index, path, Note.parse(text.substring(gap + 2)));
    }

    /** Whether the proof leads from the leaf to the root of its checkpoint. Not who signed that. */
    public boolean proves(byte[] leaf) {
        Checkpoint tree = Checkpoint.parse(checkpoint.text());
        return Proofs.includes(leaf, index, path, tree.size(), tree.root());
    }

    @Override
    public String toString() {
        StringBuilder proof = new StringBuilder(VERSION).append('\n');
        proof.append(INDEX).append(index).append('\n');
        path.forEach(hash -> proof.append(Hash.text(hash)).append('\n'));
        return proof.append('\n').append(checkpoint).toString();
    }
}
