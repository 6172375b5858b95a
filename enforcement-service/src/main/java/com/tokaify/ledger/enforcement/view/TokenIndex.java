package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.LookupHash;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tokens found by 128 bits of theirs: open addressing with linear probing, and nothing beside the
 * entries themselves, so that a token costs an index the one reference to it and the room that is
 * kept free.
 *
 * <p>One thread writes, any number read without locks. Every slot is written as a whole, and an
 * entry is immutable, so a reader sees each token as of one moment. A part that grows is copied and
 * then put in place of the old one; a reader who is still in the old one finds there what was true
 * when he came. Growing by parts keeps each copy short, and the memory for it small.
 */
@SuppressWarnings("ReferenceEquality") // which object lies in a slot is what matters here
abstract class TokenIndex {
    /** So many that no part of any view becomes one of the collector's humongous objects. */
    private static final int PART_BITS = 10;

    private static final int FIRST_SLOTS = 16;

    /** More than two of three slots taken, and a search for what is not there becomes long. */
    private static final int TAKEN = 2;

    private static final int OF = 3;

    /** At most two of five slots are taken once room was made. */
    private static final int ROOMY = 2;

    private static final int ROOMY_OF = 5;

    /** Stands where an entry was taken out: searches go on behind it. Is nobody's. */
    private static final TokenEntry REMOVED =
            new TokenEntry(
                    new TokenId(new UUID(0, 0)),
                    0,
                    new AccountEntry(new AccountId(new UUID(0, 0))),
                    new TokenState(
                            Standing.NEW.withDeleted(),
                            new Terms("", null, null, null, null),
                            new Secrets.Single(new LookupHash(0, 0, 0, 0)),
                            0,
                            Counting.PLAIN));

    private final AtomicReferenceArray<AtomicReferenceArray<@Nullable TokenEntry>> parts =
            new AtomicReferenceArray<>(1 << PART_BITS);

    /** Slots of a part that are not free, those of removed entries too. The writer's alone. */
    private final int[] taken = new int[1 << PART_BITS];

    TokenIndex() {
        for (int part = 0; part < taken.length; part++) {
            parts.set(part, new AtomicReferenceArray<>(FIRST_SLOTS));
        }
    }

    /** Makes room for so many at once, where nobody is in yet. */
    final void expect(int entries) {
        int length = FIRST_SLOTS;
        while (((long) entries >> PART_BITS) * OF > (long) length * TAKEN) {
            length <<= 1;
        }
        for (int part = 0; part < taken.length; part++) {
            if (taken[part] == 0) {
                parts.set(part, new AtomicReferenceArray<>(length));
            }
        }
    }

    /** Calls back with each key the entry is found by. */
    abstract void eachKey(TokenEntry entry, KeyVisitor visitor);

    abstract boolean isFoundBy(TokenEntry entry, long a, long b);

    /** What is done with a key. */
    interface KeyVisitor {
        void visit(long a, long b);
    }

    final @Nullable TokenEntry find(long a, long b) {
        long hash = spread(a, b);
        AtomicReferenceArray<@Nullable TokenEntry> slots = parts.get(part(hash));
        int mask = slots.length() - 1;
        for (int slot = (int) hash & mask; ; slot = (slot + 1) & mask) {
            TokenEntry entry = slots.get(slot);
            if (entry == null) {
                return null;
            }
            if (entry != REMOVED && isFoundBy(entry, a, b)) {
                return entry;
            }
        }
    }

    /** Makes an entry found by all its keys. */
    final void add(TokenEntry entry) {
        eachKey(entry, (a, b) -> add(entry, a, b));
    }

    private void add(TokenEntry entry, long a, long b) {
        long hash = spread(a, b);
        int part = part(hash);
        if ((taken[part] + 1) * OF > parts.get(part).length() * TAKEN) {
            makeRoom(part);
        }
        put(parts.get(part), part, hash, entry);
    }

    private void put(
            AtomicReferenceArray<@Nullable TokenEntry> slots,
            int part,
            long hash,
            TokenEntry entry) {
        int mask = slots.length() - 1;
        int slot = (int) hash & mask;
        while (slots.get(slot) != null && slots.get(slot) != REMOVED) {
            slot = (slot + 1) & mask;
        }
        if (slots.get(slot) == null) {
            taken[part]++;
        }
        slots.set(slot, entry);
    }

    /** Puts the next state of a token where the one before is. Both are found by the same keys. */
    final void replace(TokenEntry before, TokenEntry next) {
        eachKey(before, (a, b) -> replaceAll(spread(a, b), before, next));
    }

    /** An entry is found no more; by those of its keys that are another's, the other is. */
    final void remove(TokenEntry entry) {
        eachKey(entry, (a, b) -> replaceAll(spread(a, b), entry, REMOVED));
    }

    /** All of them: an entry with two keys may lie twice on the way of one. */
    private void replaceAll(long hash, TokenEntry before, TokenEntry next) {
        AtomicReferenceArray<@Nullable TokenEntry> slots = parts.get(part(hash));
        int mask = slots.length() - 1;
        for (int slot = (int) hash & mask; ; slot = (slot + 1) & mask) {
            TokenEntry entry = slots.get(slot);
            if (entry == null) {
                return;
            }
            if (entry == before) {
                slots.set(slot, next);
                if (before.previous() == null && next != REMOVED) {
                    return; // it lies here only
                }
            }
        }
    }

    private void makeRoom(int part) {
        AtomicReferenceArray<@Nullable TokenEntry> old = parts.get(part);
        int live = 0;
        for (int slot = 0; slot < old.length(); slot++) {
            TokenEntry entry = old.get(slot);
            if (entry != null && entry != REMOVED) {
                live++;
            }
        }
        // Twice as many, or as many again where most of them were removed.
        int length = FIRST_SLOTS;
        while ((live + 1) * ROOMY_OF > length * ROOMY) {
            length <<= 1;
        }
        AtomicReferenceArray<@Nullable TokenEntry> roomy = new AtomicReferenceArray<>(length);
        taken[part] = 0;
        for (int slot = 0; slot < old.length(); slot++) {
            TokenEntry entry = old.get(slot);
            if (entry != null && entry != REMOVED) {
                eachKey(entry, (a, b) -> copy(entry, spread(a, b), roomy, part));
            }
        }
        parts.set(part, roomy);
    }

    /** An entry with two keys comes by twice; the second time it is there. */
    private void copy(
            TokenEntry entry,
            long hash,
            AtomicReferenceArray<@Nullable TokenEntry> slots,
            int part) {
        if (part(hash) == part && !isOnTheWay(entry, hash, slots)) {
            put(slots, part, hash, entry);
        }
    }

    private static boolean isOnTheWay(
            TokenEntry wanted, long hash, AtomicReferenceArray<@Nullable TokenEntry> slots) {
        int mask = slots.length() - 1;
        for (int slot = (int) hash & mask; ; slot = (slot + 1) & mask) {
            TokenEntry entry = slots.get(slot);
            if (entry == null || entry == wanted) {
                return entry == wanted;
            }
        }
    }

    /** Every entry, once for each place it has. The writer's alone. */
    final void forEach(Consumer<TokenEntry> action) {
        for (int part = 0; part < taken.length; part++) {
            AtomicReferenceArray<@Nullable TokenEntry> slots = parts.get(part);
            for (int slot = 0; slot < slots.length(); slot++) {
                TokenEntry entry = slots.get(slot);
                if (entry != null && entry != REMOVED) {
                    action.accept(entry);
                }
            }
        }
    }

    /** Ids are made in the order of time and tests count from one: neither is spread by itself. */
    private static long spread(long a, long b) {
        long mixed = (a ^ Long.rotateLeft(b, 32)) * 0x9e3779b97f4a7c15L;
        mixed ^= mixed >>> 32;
        mixed *= 0xd6e8feb86659fd93L;
        return mixed ^ (mixed >>> 32);
    }

    private static int part(long hash) {
        return (int) (hash >>> (Long.SIZE - PART_BITS));
    }

    /** By id. */
    static final class ById extends TokenIndex {
        @Override
        void eachKey(TokenEntry entry, KeyVisitor visitor) {
            visitor.visit(entry.idHigh(), entry.idLow());
        }

        @Override
        boolean isFoundBy(TokenEntry entry, long a, long b) {
            return entry.idHigh() == a && entry.idLow() == b;
        }
    }

    /** By each of its secrets, also one whose grace after a rotation may have ended. */
    static final class BySecret extends TokenIndex {
        @Override
        void eachKey(TokenEntry entry, KeyVisitor visitor) {
            visitor.visit(entry.keyA(), entry.keyB());
            PreviousSecret previous = entry.previous();
            if (previous != null) {
                visitor.visit(previous.key().a(), previous.key().b());
            }
        }

        @Override
        boolean isFoundBy(TokenEntry entry, long a, long b) {
            if (entry.keyA() == a && entry.keyB() == b) {
                return true;
            }
            PreviousSecret previous = entry.previous();
            return previous != null && previous.key().a() == a && previous.key().b() == b;
        }
    }
}
