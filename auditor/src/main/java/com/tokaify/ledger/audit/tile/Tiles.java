package com.tokaify.ledger.audit.tile;

/** Where tiles come from (c2sp.org/tlog-tiles). */
@FunctionalInterface
public interface Tiles {
    /** How many hashes a whole tile has. */
    int WIDTH = 256;

    /** Two to the power of this is {@link #WIDTH}. */
    int HEIGHT = 8;

    /**
     * The hashes of a tile, one after the other; fewer at the log's end.
     *
     * @param level 0 are leaves, each level above has a hash for each whole tile of the one below
     * @param index from 0
     */
    byte[] tile(int level, long index);
}
