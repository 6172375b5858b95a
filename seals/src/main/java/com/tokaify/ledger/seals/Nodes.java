package com.tokaify.ledger.seals;

/** The whole subtrees of a tree, wherever they are kept. */
@FunctionalInterface
public interface Nodes {
    /**
     * The hash over {@code 2^level} leaves, from leaf {@code index * 2^level} on; all of them are
     * in the tree.
     */
    Hash node(int level, long index);
}
