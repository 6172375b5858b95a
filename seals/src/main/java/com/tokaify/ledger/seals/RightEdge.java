package com.tokaify.ledger.seals;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be kept of a tree to let it grow: its largest whole subtrees, at most one of each
 * height. Not thread-safe.
 */
public final class RightEdge {
    private final TreeHasher hasher = new TreeHasher();

    /** By height; there is one where the size has that bit. */
    private final @Nullable Hash[] subtrees = new @Nullable Hash[Long.SIZE - 1];

    private long size;

    /** Of the tree without leaves. */
    public RightEdge() {}

    /**
     * @param subtrees as {@link #subtrees} gives them
     */
    public RightEdge(long size, List<Hash> subtrees) {
        if (Long.bitCount(size) != subtrees.size()) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " has not " + subtrees.size() + " subtrees");
        }
        this.size = size;
        int next = 0;
        for (int height = this.subtrees.length - 1; height >= 0; height--) {
            if (has(height)) {
                this.subtrees[height] = subtrees.get(next++);
            }
        }
    }

    /** Of a tree that is kept whole. */
    public static RightEdge of(long size, Nodes nodes) {
        List<Hash> subtrees = new ArrayList<>();
        for (int height = Long.SIZE - 2; height >= 0; height--) {
            if ((size >>> height & 1) == 1) {
                subtrees.add(nodes.node(height, (size >>> height) - 1));
            }
        }
        return new RightEdge(size, subtrees);
    }

    public long size() {
        return size;
    }

    /** From the largest, which is the first, to the smallest. */
    public List<Hash> subtrees() {
        List<Hash> found = new ArrayList<>();
        for (int height = subtrees.length - 1; height >= 0; height--) {
            Hash subtree = subtrees[height];
            if (has(height) && subtree != null) {
                found.add(subtree);
            }
        }
        return found;
    }

    public void append(Hash leaf) {
        Hash grown = leaf;
        int height = 0;
        for (; has(height); height++) {
            Hash left = subtrees[height];
            grown = hasher.node(left == null ? hasher.empty() : left, grown);
        }
        subtrees[height] = grown;
        size++;
    }

    public Hash root() {
        List<Hash> parts = subtrees();
        if (parts.isEmpty()) {
            return hasher.empty();
        }
        Hash root = parts.getLast();
        for (int i = parts.size() - 2; i >= 0; i--) {
            root = hasher.node(parts.get(i), root);
        }
        return root;
    }

    private boolean has(int height) {
        return (size >>> height & 1) == 1;
    }
}
