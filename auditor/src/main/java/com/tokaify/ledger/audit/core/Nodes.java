package com.tokaify.ledger.audit.core;

/** The complete subtrees of a log, from wherever they are kept. */
@FunctionalInterface
public interface Nodes {

    /**
     * The hash of a subtree.
     *
     * @param level it has two to the power of this many leaves; 0 is a leaf
     * @param index how many of its size are before it
     */
    byte[] node(int level, long index);
}
