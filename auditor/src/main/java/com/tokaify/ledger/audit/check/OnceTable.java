package com.tokaify.ledger.audit.check;

/**
 * What may be booked once, by a fingerprint of 64 bits, and its amount: 16 bytes for each of
 * millions of usages, and half as many empty. A fingerprint that two things share would raise one
 * false alarm in hundreds of thousands of audits and never hide anything; it is seeded, so nobody
 * can prepare such things. One thread.
 */
final class OnceTable {
    private long[] keys = new long[1024];
    private long[] amounts = new long[1024];
    private int count;

    /** Whether it was not there before. */
    boolean add(long fingerprint, long amount) {
        if (count >= keys.length / 4 * 3) {
            grow();
        }
        return put(fingerprint == 0 ? 1 : fingerprint, amount);
    }

    /** Its amount; -1 where it is not there. */
    long amount(long fingerprint) {
        int place = place(fingerprint == 0 ? 1 : fingerprint);
        return keys[place] == 0 ? -1 : amounts[place];
    }

    private boolean put(long key, long amount) {
        int place = place(key);
        if (keys[place] == key) {
            return false;
        }
        keys[place] = key;
        amounts[place] = amount;
        count++;
        return true;
    }

    /** Where it is, or where it would be. */
    private int place(long key) {
        int place = (int) (key >>> 20) & (keys.length - 1);
        while (keys[place] != 0 && keys[place] != key) {
            place = (place + 1) & (keys.length - 1);
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldAmounts = amounts;
        keys = new long[2 * oldKeys.length];
        amounts = new long[2 * oldKeys.length];
        count = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                put(oldKeys[i], oldAmounts[i]);
            }
        }
    }

    /** Of two texts that name something together. */
    static long fingerprint(long seed, String first, String second) {
        return mixed(hash(mixed(hash(seed, first)), second));
    }

    private static long hash(long seed, String text) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (Long.rotateLeft(hash, 5) ^ text.charAt(i)) * 0x9e3779b97f4a7c15L;
        }
        return hash + text.length();
    }

    /** Lets every bit depend on every other. */
    private static long mixed(long hash) {
        long mixed = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
        return mixed ^ (mixed >>> 32);
    }
}
