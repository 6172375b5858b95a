package com.tokaify.ledger.enforcement.view;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The frame of a snapshot: a file is {@link #MAGIC} and {@link #VERSION}, and then blocks, each of
 * the length of what is in it, a checksum, its kind, and what is in it. The checksum is also over
 * the block's number, so that no block can be missing, stand twice or change its place.
 */
enum SnapshotBlock {
    /** How many there are of everything, and where each partition is. The first. */
    HEAD(1),
    SCOPES(2),
    ACCOUNTS(3),
    TOKENS(4),
    /** Nothing comes after it. */
    END(5);

    static final long MAGIC = 0x546f6b2056696577L; // "Tok View"

    /**
     * Of the layout of everything in the file, {@link TokenState}'s packing too: it changes with
     * it.
     */
    static final int VERSION = 1;

    /** Magic and version. */
    static final int PROLOGUE_BYTES = Long.BYTES + Integer.BYTES;

    /** Length, checksum and kind. */
    static final int FRAME_BYTES = 2 * Integer.BYTES + 1;

    static final int MAX_BYTES = 1 << 20;

    /** Bound of one item: a scope with the most and the longest models is about this long. */
    static final int MAX_ITEM_BYTES = 1 << 18;

    private final byte kind;

    SnapshotBlock(int kind) {
        this.kind = (byte) kind;
    }

    static SnapshotBlock of(byte kind) throws SnapshotRefused {
        for (SnapshotBlock block : values()) {
            if (block.kind == kind) {
                return block;
            }
        }
        throw new SnapshotRefused("there is no block of kind " + kind);
    }

    /** In the file. */
    byte kind() {
        return kind;
    }

    static int checksum(int number, byte kind, ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES + 1).putInt(number).put(kind).flip());
        crc.update(content.duplicate());
        return (int) crc.getValue();
    }
}
