package com.tokaify.ledger.audit.sample;

import com.tokaify.ledger.audit.core.Checkpoint;
import com.tokaify.ledger.audit.core.CompactTree;
import com.tokaify.ledger.audit.core.Entry;
import com.tokaify.ledger.audit.core.Hash;
import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.core.Note;
import com.tokaify.ledger.audit.core.VerifierKey;
import com.tokaify.ledger.audit.seal.Cursor;
import com.tokaify.ledger.audit.seal.SealLog;
import com.tokaify.ledger.audit.seal.SealedCheckpoint;
import com.tokaify.ledger.audit.seal.SealedRun;
import com.tokaify.ledger.audit.seal.SealedSeal;
import com.tokaify.ledger.audit.seal.SealedSeals;
import com.tokaify.ledger.audit.witness.SigningKey;
import com.tokaify.ledger.events.seal.Seal;
import com.tokaify.ledger.events.seal.SealRecords;
import com.tokaify.ledger.events.seal.SealRun;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Seals a sample: short runs from all partitions in turn, a checkpoint for every few. */
public record SampleSeals(List<SealedRun> runList, List<SealedCheckpoint> checkpointList)
        implements SealLog {
    private static final int LONGEST_RUN = 3;
    private static final int RUNS_TO_A_CHECKPOINT = 2;

    /** As long ago as the events. */
    private static final Instant SIGNED_AT = Instant.parse("2026-11-01T09:00:00Z");

    /** The key of a sample's log, a fresh one. */
    public static SigningKey newKey() {
        return SigningKey.generate("tokaify.ledger", VerifierKey.Use.NOTE);
    }

    public static SampleSeals of(SampleLedger ledger, SigningKey key) {
        SampleSeals seals = new SampleSeals(new ArrayList<>(), new ArrayList<>());
        CompactTree tree = new CompactTree();
        Map<String, byte[]> last = new HashMap<>();
        long[] sealed = new long[SampleLedger.PARTITIONS];
        while (tree.size() < ledger.events().size()) {
            for (int partition = 0; partition < SampleLedger.PARTITIONS; partition++) {
                List<LoggedEvent> run = next(ledger, partition, sealed[partition]);
                if (!run.isEmpty()) {
                    seals.runList.add(run(run, tree, last));
                    sealed[partition] += run.size();
                    if (seals.runList.size() % RUNS_TO_A_CHECKPOINT == 0) {
                        seals.checkpointList.add(checkpoint(tree, key));
                    }
                }
            }
        }
        if (seals.checkpointList.getLast().size() < tree.size()) {
            seals.checkpointList.add(checkpoint(tree, key));
        }
        return seals;
    }

    private static List<LoggedEvent> next(SampleLedger ledger, int partition, long after) {
        List<LoggedEvent> events = new ArrayList<>();
        ledger.read(partition, after, events::add);
        return events.subList(0, Math.min(events.size(), LONGEST_RUN));
    }

    private static SealedRun run(
            List<LoggedEvent> events, CompactTree tree, Map<String, byte[]> last) {
        long firstLeaf = tree.size();
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        for (LoggedEvent event : events) {
            byte @Nullable [] previous = event.sequence() == 0 ? null : last.get(event.stream());
            byte[] leaf = Hash.leaf(Entry.bytes(event, previous));
            last.put(event.stream(), leaf);
            tree.add(leaf);
            hashes.writeBytes(leaf);
        }
        LoggedEvent first = events.getFirst();
        return new SealedRun(
                firstLeaf, first.partition(), first.pseq(), events.size(), hashes.toByteArray());
    }

    private static SealedCheckpoint checkpoint(CompactTree tree, SigningKey key) {
        String text = new Checkpoint("tokaify.ledger", tree.size(), tree.root()).text();
        Note note = new Note(text, List.of(key.sign(text, 0)));
        return new SealedCheckpoint(tree.size(), tree.root(), note.toString(), SIGNED_AT);
    }

    /** As command-service tells them on Kafka. */
    public List<ProducerRecord<byte[], byte[]>> told() {
        List<ProducerRecord<byte[], byte[]>> told = new ArrayList<>();
        try (SealedSeals seals = new SealedSeals(this)) {
            for (SealedSeal seal = seals.next(); seal != null; seal = seals.next()) {
                told.add(SealRecords.write(seal(seal), SIGNED_AT));
            }
        }
        return List.copyOf(told);
    }

    private static Seal seal(SealedSeal seal) {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        seal.runs().forEach(run -> hashes.writeBytes(run.hashes()));
        return new Seal(
                seal.checkpoint().size(),
                seal.checkpoint().note(),
                seal.runs().getFirst().firstLeaf(),
                seal.runs().stream()
                        .map(run -> new SealRun(run.partition(), run.firstPseq(), run.count()))
                        .toList(),
                hashes.toByteArray());
    }

    /** The run that an event is in. */
    public SealedRun runOf(LoggedEvent event) {
        return runList.stream()
                .filter(run ->
                        run.partition() == event.partition()
                                && run.firstPseq() <= event.pseq()
                                && event.pseq() < run.firstPseq() + run.count())
                .findFirst()
                .orElseThrow();
    }

    /** The first checkpoint that an event is under. */
    public SealedCheckpoint checkpointOf(LoggedEvent event) {
        SealedRun run = runOf(event);
        long leaf = run.firstLeaf() + event.pseq() - run.firstPseq();
        return checkpointList.stream().filter(each -> each.size() > leaf).findFirst().orElseThrow();
    }

    @Override
    public long leaves() {
        return runList.getLast().firstLeaf() + runList.getLast().count();
    }

    @Override
    public Cursor<SealedRun> runs() {
        return cursor(runList);
    }

    @Override
    public Cursor<SealedRun> runs(int partition) {
        return cursor(runList.stream().filter(run -> run.partition() == partition).toList());
    }

    @Override
    public Cursor<SealedCheckpoint> checkpoints() {
        return cursor(checkpointList);
    }

    private static <T> Cursor<T> cursor(List<T> rows) {
        Iterator<T> left = rows.iterator();
        return new Cursor<>() {
            @Override
            public @Nullable T next() {
                return left.hasNext() ? left.next() : null;
            }

            @Override
            public void close() {
                // They lie in memory.
            }
        };
    }
}
