package com.tokaify.ledger.seals;

import java.util.List;

/**
 * That a leaf is in the log, for who has no connection to it: c2sp.org/tlog-proof.
 *
 * @param checkpoint the signed note of the tree the leaf is proven to be in
 */
public record TlogProof(long leaf, List<Hash> inclusion, String checkpoint) {
    /** The text of a file {@code .tlog-proof}. */
    public String text() {
        StringBuilder text = new StringBuilder("c2sp.org/tlog-proof@v1\nindex ").append(leaf);
        text.append('\n');
        inclusion.forEach(hash -> text.append(hash).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }
}
