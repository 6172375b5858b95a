package com.tokaify.ledger.audit.core;

import java.util.ArrayList;
import java.util.List;

/** A growing Merkle tree that keeps only its right edge: some thirty hashes, however large. */
public final class CompactTree {
    /** The roots of its complete subtrees, the largest first: one for each bit of the size. */
    private final List<byte[]> peaks = new ArrayList<>();

    private long size;

    public void add(byte[] leaf) {
        byte[] hash = leaf;
        for (long left = size; (left & 1) == 1; left >>= 1) {
            hash = Hash.node(peaks.removeLast(), hash);
        }
        peaks.add(hash);
        size++;
    }

    public long size() {
        return size;
    }

    public byte[] root() {
        if (peaks.isEmpty()) {
            return Hash.ofNothing();
        }
        byte[] root = peaks.getLast();
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = Hash.node(peaks.get(i), root);
        }
        return root;
    }
}
