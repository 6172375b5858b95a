package com.tokaify.ledger.seals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tree cut into tiles, while it grows: of each level the last tile, which is not whole yet. A
 * whole one becomes a hash of the level above. Not thread-safe.
 */
public final class Tiles {
    private static final int HEIGHT = Integer.numberOfTrailingZeros(TilePath.WHOLE);

    /**
     * A tile as far as it is filled.
     *
     * @param hashes one behind the other, of the level below; at level 0 the leaves
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes to be written
    public record Tile(int level, long index, byte[] hashes) {}

    /** Where tiles are kept; a tile that is not whole begins with what a later, fuller one has. */
    @FunctionalInterface
    public interface Kept {
        /** The hashes of a tile, as many as it has. */
        byte[] hashes(int level, long index);
    }

    private final TreeHasher hasher = new TreeHasher();
    private final List<Growing> levels = new ArrayList<>();

    /** Of the tree without leaves. */
    public Tiles() {}

    /** Goes on where a tree has ended. */
    public Tiles(long size, Kept kept) {
        long hashes = size;
        for (int level = 0; hashes > 0; level++, hashes /= TilePath.WHOLE) {
            Growing growing = new Growing(level, hashes / TilePath.WHOLE);
            growing.width = (int) (hashes % TilePath.WHOLE);
            if (growing.width > 0) {
                System.arraycopy(
                        kept.hashes(level, growing.index),
                        0,
                        growing.hashes,
                        0,
                        growing.width * Hash.BYTES);
            }
            levels.add(growing);
        }
    }

    private static final class Growing {
        private final int level;
        private final byte[] hashes = new byte[TilePath.WHOLE * Hash.BYTES];
        private long index;
        private int width;
        private boolean changed;

        Growing(int level, long index) {
            this.level = level;
            this.index = index;
        }

        Tile tile() {
            return new Tile(level, index, Arrays.copyOf(hashes, width * Hash.BYTES));
        }
    }

    /**
     * Adds leaves.
     *
     * @return every tile that has changed, as it is now
     */
    public List<Tile> append(List<Hash> leaves) {
        List<Tile> changed = new ArrayList<>();
        leaves.forEach(leaf -> add(0, leaf, changed));
        for (Growing each : levels) {
            if (each.changed && each.width > 0) {
                changed.add(each.tile());
            }
            each.changed = false;
        }
        return changed;
    }

    private void add(int level, Hash hash, List<Tile> whole) {
        if (level == levels.size()) {
            levels.add(new Growing(level, 0));
        }
        Growing growing = levels.get(level);
        hash.putTo(growing.hashes, growing.width++);
        growing.changed = true;
        if (growing.width == TilePath.WHOLE) {
            whole.add(growing.tile());
            Hash root = root(hasher, growing.hashes, 0, TilePath.WHOLE);
            growing.index++;
            growing.width = 0;
            growing.changed = false;
            add(level + 1, root, whole);
        }
    }

    /** The nodes of the tree whose tiles are kept there. */
    public static Nodes nodes(Kept kept) {
        TreeHasher hasher = new TreeHasher();
        return (level, index) -> {
            int within = level % HEIGHT;
            long first = index << within;
            byte[] hashes = kept.hashes(level / HEIGHT, first / TilePath.WHOLE);
            return root(hasher, hashes, (int) (first % TilePath.WHOLE), 1 << within);
        };
    }

    /** Over so many hashes, a power of two, from one on. */
    private static Hash root(TreeHasher hasher, byte[] hashes, int from, int count) {
        if (count == 1) {
            return Hash.at(hashes, from);
        }
        int half = count / 2;
        return hasher.node(
                root(hasher, hashes, from, half), root(hasher, hashes, from + half, half));
    }
}
