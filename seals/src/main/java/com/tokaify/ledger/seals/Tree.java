package com.tokaify.ledger.seals;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree of RFC 6962 of a certain size, over nodes that are kept somewhere: its root, and what
 * proves a leaf or an earlier tree to be in it. Follows the recursions of the RFC. Not thread-safe.
 */
public final class Tree {
    private final long size;
    private final Nodes nodes;
    private final TreeHasher hasher = new TreeHasher();

    public Tree(long size, Nodes nodes) {
        this.size = size;
        this.nodes = nodes;
    }

    public Hash root() {
        return size == 0 ? hasher.empty() : range(0, size);
    }

    /** RFC 6962, 2.1.1: from the leaf's sibling up to the root's child. */
    public List<Hash> inclusion(long leaf) {
        if (leaf < 0 || leaf >= size) {
            throw new IllegalArgumentException("leaf " + leaf + " is not in a tree of " + size);
        }
        List<Hash> path = new ArrayList<>();
        path(leaf, 0, size, path);
        return path;
    }

    /** RFC 6962, 2.1.2: that the tree of an earlier size is the beginning of this one. */
    public List<Hash> consistency(long earlier) {
        if (earlier < 1 || earlier > size) {
            throw new IllegalArgumentException(
                    "a tree of " + earlier + " is not the beginning of one of " + size);
        }
        List<Hash> proof = new ArrayList<>();
        subproof(earlier, 0, size, true, proof);
        return proof;
    }

    private void path(long leaf, long from, long to, List<Hash> path) {
        if (to - from == 1) {
            return;
        }
        long middle = from + split(to - from);
        if (leaf < middle) {
            path(leaf, from, middle, path);
            path.add(range(middle, to));
        } else {
            path(leaf, middle, to, path);
            path.add(range(from, middle));
        }
    }

    private void subproof(long earlier, long from, long to, boolean known, List<Hash> proof) {
        if (earlier == to) {
            if (!known) {
                proof.add(range(from, to));
            }
            return;
        }
        long middle = from + split(to - from);
        if (earlier <= middle) {
            subproof(earlier, from, middle, known, proof);
            proof.add(range(middle, to));
        } else {
            subproof(earlier, middle, to, false, proof);
            proof.add(range(from, middle));
        }
    }

    /** Begins where a subtree of its length may, as all parts of the recursions do. */
    private Hash range(long from, long to) {
        long leaves = to - from;
        if (Long.bitCount(leaves) == 1) {
            return nodes.node(Long.numberOfTrailingZeros(leaves), from / leaves);
        }
        long middle = from + split(leaves);
        return hasher.node(range(from, middle), range(middle, to));
    }

    /** The largest power of two that is smaller. */
    private static long split(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }
}
