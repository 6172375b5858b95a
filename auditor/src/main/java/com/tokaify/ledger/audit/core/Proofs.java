package com.tokaify.ledger.audit.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Inclusion and consistency: made as RFC 6962 defines them, verified as RFC 9162 says how. */
public final class Proofs {

    /** A place in a tree while a proof is followed upwards: a node, and the last of its level. */
    private static final class Climb {
        private long node;
        private long last;

        Climb(long node, long last) {
            this.node = node;
            this.last = last;
        }

        boolean hasLeftSibling() {
            return (node & 1) == 1 || node == last;
        }

        void up() {
            node >>= 1;
            last >>= 1;
        }

        /** A last node without a sibling stands for itself on the levels above. */
        void upToWhereItIsRight() {
            while ((node & 1) == 0 && node != 0) {
                up();
            }
        }
    }

    private Proofs() {}

    /** The root of the leaves from one to before another, which are a subtree of the log. */
    public static byte[] root(Nodes nodes, long from, long to) {
        long size = to - from;
        if (size == 0) {
            return Hash.ofNothing();
        }
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return nodes.node(level, from >> level);
        }
        long split = split(from, to);
        return Hash.node(root(nodes, from, split), root(nodes, split, to));
    }

    /** What leads from a leaf up to the root of a tree of this size. */
    public static List<byte[]> inclusion(Nodes nodes, long leaf, long size) {
        List<byte[]> downwards = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long split = split(from, to);
            if (leaf < split) {
                downwards.add(root(nodes, split, to));
                to = split;
            } else {
                downwards.add(root(nodes, from, split));
                from = split;
            }
        }
        return downwards.reversed();
    }

    /** What shows that a tree of the second size begins with that of the first, from 1 on. */
    public static List<byte[]> consistency(Nodes nodes, long first, long second) {
        if (first < 1 || first > second) {
            throw new IllegalArgumentException("from " + first + " to " + second);
        }
        List<byte[]> downwards = new ArrayList<>();
        long from = 0;
        long to = second;
        while (first != to) {
            long split = split(from, to);
            if (first <= split) {
                downwards.add(root(nodes, split, to));
                to = split;
            } else {
                downwards.add(root(nodes, from, split));
                from = split;
            }
        }
        if (from != 0) {
            downwards.add(root(nodes, from, to));
        }
        return downwards.reversed();
    }

    /** Whether the leaf is in the tree with this root, at this place. */
    public static boolean includes(
            byte[] leaf, long index, List<byte[]> proof, long size, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        Climb climb = new Climb(index, size - 1);
        byte[] hash = leaf;
        for (byte[] sibling : proof) {
            if (climb.last == 0) {
                return false;
            }
            if (climb.hasLeftSibling()) {
                hash = Hash.node(sibling, hash);
                climb.upToWhereItIsRight();
            } else {
                hash = Hash.node(hash, sibling);
            }
            climb.up();
        }
        return climb.last == 0 && Arrays.equals(hash, root);
    }

    /** Whether the second tree is the first one with leaves added. */
    public static boolean consistent(Checkpoint first, Checkpoint second, List<byte[]> proof) {
        if (first.size() == 0 || first.size() == second.size()) {
            boolean same = first.size() == 0 || Arrays.equals(first.root(), second.root());
            return same && proof.isEmpty();
        }
        if (first.size() > second.size() || proof.isEmpty()) {
            return false;
        }
        Climb climb = new Climb(first.size() - 1, second.size() - 1);
        while ((climb.node & 1) == 1) {
            climb.up();
        }
        // Where the first tree is complete, its root is a node of the second one, and not sent.
        boolean complete = Long.bitCount(first.size()) == 1;
        byte[] firstHash = complete ? first.root() : proof.getFirst();
        byte[] secondHash = firstHash;
        for (byte[] sibling : complete ? proof : proof.subList(1, proof.size())) {
            if (climb.last == 0) {
                return false;
            }
            if (climb.hasLeftSibling()) {
                firstHash = Hash.node(sibling, firstHash);
                secondHash = Hash.node(sibling, secondHash);
                climb.upToWhereItIsRight();
            } else {
                secondHash = Hash.node(secondHash, sibling);
            }
            climb.up();
        }
        return climb.last == 0
                && Arrays.equals(firstHash, first.root())
                && Arrays.equals(secondHash, second.root());
    }

    /** Where a tree of these leaves divides: its left part is complete, and as large as can be. */
    private static long split(long from, long to) {
        return from + Long.highestOneBit(to - from - 1);
    }
}
