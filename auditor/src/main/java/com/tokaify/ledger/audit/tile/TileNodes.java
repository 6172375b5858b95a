package com.tokaify.ledger.audit.tile;

import com.tokaify.ledger.audit.core.Hash;
import com.tokaify.ledger.audit.core.Malformed;
import com.tokaify.ledger.audit.core.Nodes;
import java.util.Arrays;

/** The nodes of a log, put together from its tiles: those between two levels of tiles are made. */
public record TileNodes(Tiles tiles) implements Nodes {

    @Override
    public byte[] node(int level, long index) {
        int above = level % Tiles.HEIGHT;
        long first = index << above;
        byte[] tile = tiles.tile(level / Tiles.HEIGHT, first / Tiles.WIDTH);
        int offset = (int) (first % Tiles.WIDTH);
        int count = 1 << above;
        if (tile.length < (offset + count) * Hash.LENGTH) {
            throw new Malformed(
                    "a tile of level %d has %d bytes, too few for its log"
                            .formatted(level / Tiles.HEIGHT, tile.length));
        }
        return root(tile, offset, count);
    }

    /** The root of some of a tile's hashes, as many as a power of two. */
    static byte[] root(byte[] tile, int offset, int count) {
        if (count == 1) {
            return Arrays.copyOfRange(tile, offset * Hash.LENGTH, (offset + 1) * Hash.LENGTH);
        }
        int half = count / 2;
        return Hash.node(root(tile, offset, half), root(tile, offset + half, half));
    }
}
