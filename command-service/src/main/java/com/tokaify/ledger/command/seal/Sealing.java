package com.tokaify.ledger.command.seal;

import com.tokaify.ledger.events.seal.Seal;
import com.tokaify.ledger.events.seal.SealRun;
import com.tokaify.ledger.seals.Checkpoint;
import com.tokaify.ledger.seals.EntryBuffer;
import com.tokaify.ledger.seals.Hash;
import com.tokaify.ledger.seals.RightEdge;
import com.tokaify.ledger.seals.SignedNote;
import com.tokaify.ledger.seals.SignerKey;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation of the log of seals: begins with what is committed, and makes one seal after the
 * other. What it has signed counts once it is committed and is told to nobody before, so a crash
 * anywhere leaves one history. After a failure there has to be a new one. One thread.
 */
final class Sealing {
    /** Of the largest events these are 64 MiB. */
    private static final int ROWS_AT_ONCE = 1_000;

    /** Leaves a start reads at most, which takes less than a second. */
    private static final long EDGE_EVERY = 1 << 20;

    private final SealStore store;
    private final SignerKey key;
    private final StreamLeaves known;
    private final InstantSource clock;
    private final EntryBuffer entries = new EntryBuffer();
    private final FairShares shares = new FairShares();
    private final long[] sealed;
    private RightEdge edge;

    private Sealing(
            SealStore store,
            SignerKey key,
            StreamLeaves known,
            InstantSource clock,
            long[] sealed,
            RightEdge edge) {
        this.store = store;
        this.key = key;
        this.known = known;
        this.clock = clock;
        this.sealed = sealed;
        this.edge = edge;
    }

    /**
     * Goes on where the log ends.
     *
     * @param known may be an earlier incarnation's
     * @throws NoSealKey where the log is another key's
     * @throws SealedContradiction where its leaves and its last checkpoint contradict each other
     */
    static Sealing resume(
            SealStore store,
            SignerKey key,
            int partitions,
            StreamLeaves known,
            InstantSource clock) {
        RightEdge edge = store.edge();
        store.lastCheckpoint()
                .ifPresentOrElse(
                        note -> mustBe(note, edge, key),
                        () -> {
                            if (edge.size() > 0) {
                                throw new SealedContradiction(
                                        "there are "
                                                + edge.size()
                                                + " leaves and no checkpoint of them");
                            }
                        });
        return new Sealing(store, key, known, clock, store.sealed(partitions), edge);
    }

    private static void mustBe(String note, RightEdge edge, SignerKey key) {
        SignedNote signed = SignedNote.parse(note);
        if (!key.verifier().verifies(signed)) {
            throw new NoSealKey(
                    "The key "
                            + key.verifier()
                            + " has not signed the log's last checkpoint: it is another log's.");
        }
        Checkpoint last = Checkpoint.parse(signed.text());
        if (last.size() != edge.size() || !last.root().equals(edge.root())) {
            throw new SealedContradiction(
                    "the last checkpoint is of "
                            + last.size()
                            + " leaves with the root "
                            + last.root()
                            + ", the leaves are "
                            + edge.size()
                            + " with the root "
                            + edge.root());
        }
    }

    /** How many events up to there are not sealed. */
    long backlog(long[] ends) {
        long backlog = 0;
        for (int partition = 0; partition < ends.length; partition++) {
            backlog += Math.max(0, ends[partition] - sealed[partition]);
        }
        return backlog;
    }

    /**
     * Makes one seal.
     *
     * @param ends up to where, which may lie behind what is sealed
     * @return whether there was anything to seal
     */
    boolean sealNext(long[] ends) {
        List<Slice> slices = shares.next(ends, sealed, Seal.MAX_LEAVES);
        if (slices.isEmpty()) {
            return false;
        }
        Draft draft = new Draft(slices);
        for (List<Slice> portion : portions(slices)) {
            draft.add(portion, store.read(portion));
        }
        Hash root = draft.edge.root();
        long size = draft.edge.size();
        Checkpoint checkpoint = new Checkpoint(key.verifier().name(), size, root);
        store.append(
                new Seal(
                        size,
                        key.sign(checkpoint.text()).toString(),
                        edge.size(),
                        runs(slices),
                        draft.hashes),
                root,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                edge.size() / EDGE_EVERY < size / EDGE_EVERY ? draft.edge : null);
        edge = draft.edge;
        slices.forEach(slice -> sealed[slice.partition()] += slice.count());
        draft.last.forEach((stream, leaf) -> known.put(stream, leaf.sequence, leaf.hash));
        return true;
    }

    private static List<SealRun> runs(List<Slice> slices) {
        return slices.stream()
                .map(slice -> new SealRun(slice.partition(), slice.after() + 1, slice.count()))
                .toList();
    }

    /** The same slices, in lots that are read at once. */
    private static List<List<Slice>> portions(List<Slice> slices) {
        List<List<Slice>> portions = new ArrayList<>();
        List<Slice> portion = new ArrayList<>();
        int room = ROWS_AT_ONCE;
        for (Slice slice : slices) {
            int done = 0;
            while (done < slice.count()) {
                int count = Math.min(room, slice.count() - done);
                portion.add(new Slice(slice.partition(), slice.after() + done, count));
                done += count;
                room -= count;
                if (room == 0) {
                    portions.add(portion);
                    portion = new ArrayList<>();
                    room = ROWS_AT_ONCE;
                }
            }
        }
        if (!portion.isEmpty()) {
            portions.add(portion);
        }
        return portions;
    }

    private record Leaf(long sequence, Hash hash) {}

    /** A seal that is being made: nobody knows of it until it is committed. */
    private final class Draft {
        private final RightEdge edge =
                new RightEdge(Sealing.this.edge.size(), Sealing.this.edge.subtrees());
        private final Map<UUID, Leaf> last = new HashMap<>();
        private final byte[] hashes;
        private int leaves;

        Draft(List<Slice> slices) {
            hashes = new byte[slices.stream().mapToInt(Slice::count).sum() * Hash.BYTES];
        }

        void add(List<Slice> slices, List<EventRows.Row> rows) {
            mustBe(slices, rows);
            Map<EventKey, Hash> lookedUp = lookUp(rows);
            for (EventRows.Row row : rows) {
                Hash leaf = entries.leaf(row.event(), previous(row, lookedUp));
                leaf.putTo(hashes, leaves++);
                edge.append(leaf);
                last.put(row.stream(), new Leaf(row.event().sequence(), leaf));
            }
        }

        /** Positions are dense, so what was committed is there, or was taken away. */
        private static void mustBe(List<Slice> slices, List<EventRows.Row> rows) {
            int next = 0;
            for (Slice slice : slices) {
                for (int i = 1; i <= slice.count(); i++) {
                    EventRows.Row row = next < rows.size() ? rows.get(next++) : null;
                    if (row == null
                            || row.event().partition() != slice.partition()
                            || row.event().pseq() != slice.after() + i) {
                        throw new SealedContradiction(
                                "the event store has a hole: "
                                        + slice.partition()
                                        + ":"
                                        + (slice.after() + i)
                                        + " is missing");
                    }
                }
            }
        }

        /** Asks the log at once for what is known neither here nor in memory. */
        private Map<EventKey, Hash> lookUp(List<EventRows.Row> rows) {
            Set<UUID> met = new HashSet<>(last.keySet());
            List<EventKey> unknown = new ArrayList<>();
            for (EventRows.Row row : rows) {
                long before = row.event().sequence() - 1;
                if (met.add(row.stream())
                        && before >= 0
                        && known.get(row.stream(), before) == null) {
                    unknown.add(new EventKey(row.stream(), before));
                }
            }
            return unknown.isEmpty() ? Map.of() : store.leaves(unknown);
        }

        private @Nullable Hash previous(EventRows.Row row, Map<EventKey, Hash> lookedUp) {
            long before = row.event().sequence() - 1;
            if (before < 0) {
                return null;
            }
            Leaf here = last.get(row.stream());
            Hash found =
                    here != null && here.sequence == before
                            ? here.hash
                            : known.get(row.stream(), before);
            if (found == null) {
                found = lookedUp.get(new EventKey(row.stream(), before));
            }
            if (found == null) {
                throw new SealedContradiction(
                        "the event before "
                                + row.stream()
                                + ":"
                                + row.event().sequence()
                                + " in its stream is not sealed");
            }
            return found;
        }
    }
}
