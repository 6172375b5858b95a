package com.tokaify.ledger.command.seal;

import com.tokaify.ledger.seals.Hash;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The last leaves of the streams that were sealed last: 56 bytes each and no object, in sets of
 * four as processors cache memory, the newest first in each. What is told is told with its
 * sequence, so that it is never taken for another event's. One thread.
 */
final class StreamLeaves {
    private static final int WAYS = 4;

    /** Two of the stream's id, one of the sequence, four of the hash. */
    private static final int LONGS = 7;

    private static final int HASH_FROM = 3;

    private final long[] slots;
    private final int mask;

    /**
     * @param streams how many to keep, which is rounded up to a power of two
     */
    StreamLeaves(int streams) {
        int sets = Integer.highestOneBit(Math.max(1, (streams - 1) / WAYS)) * 2;
        this.slots = new long[Math.multiplyExact(sets, WAYS * LONGS)];
        this.mask = sets - 1;
        for (int slot = 0; slot < slots.length; slot += LONGS) {
            slots[slot + 2] = -1; // no sequence: free
        }
    }

    /** The leaf of that event, where it is the last one of its stream that is known here. */
    @Nullable Hash get(UUID stream, long sequence) {
        int set = setOf(stream);
        for (int slot = set; slot < set + WAYS * LONGS; slot += LONGS) {
            if (holds(slot, stream) && slots[slot + 2] == sequence) {
                return hash(slot);
            }
        }
        return null;
    }

    /** The stream's last leaf is now this one. */
    void put(UUID stream, long sequence, Hash leaf) {
        int set = setOf(stream);
        int last = set + (WAYS - 1) * LONGS;
        int slot = set;
        while (slot < last && !holds(slot, stream)) {
            slot += LONGS;
        }
        System.arraycopy(slots, set, slots, set + LONGS, slot - set);
        slots[set] = stream.getMostSignificantBits();
        slots[set + 1] = stream.getLeastSignificantBits();
        slots[set + 2] = sequence;
        ByteBuffer.wrap(leaf.bytes()).asLongBuffer().get(slots, set + HASH_FROM, LONGS - HASH_FROM);
    }

    private boolean holds(int slot, UUID stream) {
        return slots[slot + 2] >= 0
                && slots[slot] == stream.getMostSignificantBits()
                && slots[slot + 1] == stream.getLeastSignificantBits();
    }

    private Hash hash(int slot) {
        byte[] bytes = new byte[Hash.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().put(slots, slot + HASH_FROM, LONGS - HASH_FROM);
        return Hash.at(bytes, 0);
    }

    /**
     * Ids are times in their upper half, and others than ours may be anything: both are stirred.
     */
    private int setOf(UUID stream) {
        long mixed =
                (stream.getMostSignificantBits() * 0x9E3779B97F4A7C15L
                                ^ stream.getLeastSignificantBits())
                        * 0xBF58476D1CE4E5B9L;
        return ((int) (mixed >>> 33) & mask) * WAYS * LONGS;
    }
}
