package com.tokaify.ledger.seals;

import java.util.List;

/** RFC 6962, 2.1, word for word: every tree is hashed whole. */
final class NaiveTree {
    private static final TreeHasher HASHER = new TreeHasher();

    private NaiveTree() {}

    static Hash root(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return HASHER.empty();
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int left = 1;
        while (2 * left < leaves.size()) {
            left *= 2;
        }
        return HASHER.node(
                root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
    }

    static Nodes nodes(List<Hash> leaves) {
        return (level, index) ->
                root(leaves.subList((int) (index << level), (int) ((index + 1) << level)));
    }
}
