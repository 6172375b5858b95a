package com.tokaify.ledger.audit.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.audit.core.Checkpoint;
import com.tokaify.ledger.audit.core.CompactTree;
import com.tokaify.ledger.audit.core.Entry;
import com.tokaify.ledger.audit.core.Hash;
import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.core.Malformed;
import com.tokaify.ledger.audit.core.Note;
import com.tokaify.ledger.audit.core.Proofs;
import com.tokaify.ledger.audit.core.TlogProof;
import com.tokaify.ledger.audit.core.VerifierKey;
import com.tokaify.ledger.audit.finding.FindingKind;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.source.SourceFailed;
import com.tokaify.ledger.audit.tile.Tiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an evidence pack with nothing but the pack and a key: that the log's checkpoint is
 * signed, that every event is in that log, and that each stream is there from its first event on
 * without a gap. That a stream goes on no further than the pack, no pack of a part can prove.
 */
public final class PackCheck {
    private final Evidence evidence;
    private final VerifierKey key;
    private final @Nullable Checkpoint kept;
    private final Findings findings;
    private final Map<String, Link> last = new HashMap<>();
    private long events;
    private long size;

    /** The end of a stream's chain so far. */
    @SuppressWarnings("ArrayRecordComponent") // compared byte by byte
    private record Link(long sequence, byte[] leaf) {}

    /**
     * @param kept a checkpoint the reader has kept, which the pack's must continue
     */
    public PackCheck(
            Evidence evidence, VerifierKey key, @Nullable Checkpoint kept, Findings findings) {
        this.evidence = evidence;
        this.key = key;
        this.kept = kept;
        this.findings = findings;
    }

    /**
     * Verifies all of it.
     *
     * @return how many events it has
     * @throws SourceFailed where a part that is needed is not there
     */
    public long run() {
        String text = evidence.text(PackFiles.CHECKPOINT);
        Note note;
        Checkpoint checkpoint;
        try {
            note = Note.parse(text);
            checkpoint = Checkpoint.parse(note.text());
        } catch (Malformed e) {
            signature("the pack's checkpoint is none: " + e.why());
            return 0;
        }
        size = checkpoint.size();
        if (!key.signed(note) || !checkpoint.origin().equals(key.name())) {
            signature("the pack's checkpoint is not signed by " + key);
        }
        if (evidence.isOfEverything()) {
            log(checkpoint);
        } else {
            evidence.streams().forEach(stream -> stream(stream, note));
            continuesKept(checkpoint);
        }
        return events;
    }

    /** How many leaves the log of its checkpoint has; 0 where it has no checkpoint. */
    public long size() {
        return size;
    }

    private void signature(String what) {
        findings.add(FindingKind.CHECKPOINT_SIGNATURE, PackFiles.CHECKPOINT, what);
    }

    private void stream(String stream, Note note) {
        List<byte[]> entries;
        try {
            entries = evidence.entries(stream);
        } catch (Malformed e) {
            findings.add(FindingKind.EVENT_UNREADABLE, stream, e.why());
            return;
        }
        for (byte[] bytes : entries) {
            events++;
            Entry entry = parsed(bytes, stream + ", entry " + events);
            if (entry == null) {
                continue;
            }
            LoggedEvent event = entry.event();
            if (event.sequence() == 0 && !belongs(event)) {
                findings.add(
                        FindingKind.PROOF_INVALID,
                        stream,
                        "is not of "
                                + evidence.manifest().scope()
                                + ", which the pack is said to be of");
            }
            if (!event.stream().equals(stream)) {
                findings.add(
                        FindingKind.SEQUENCE_BROKEN, event.id(), "stands among those of " + stream);
            }
            byte[] leaf = Hash.leaf(bytes);
            chain(entry, leaf);
            prove(event, leaf, note);
        }
    }

    /** Whether the first event of a stream is of what the pack is said to be of. */
    private boolean belongs(LoggedEvent event) {
        String scope = evidence.manifest().scope();
        return event.stream().equals(scope)
                || new String(event.payload(), UTF_8).contains("\"accountId\":\"" + scope + "\"");
    }

    private @Nullable Entry parsed(byte[] bytes, String where) {
        try {
            return Entry.parse(bytes);
        } catch (Malformed e) {
            findings.add(FindingKind.EVENT_UNREADABLE, where, e.why());
            return null;
        }
    }

    /** The next of its stream, and built upon the one before. */
    private void chain(Entry entry, byte[] leaf) {
        LoggedEvent event = entry.event();
        @Nullable Link before = last.put(event.stream(), new Link(event.sequence(), leaf));
        long expected = before == null ? 0 : before.sequence() + 1;
        if (event.sequence() != expected) {
            findings.add(
                    FindingKind.SEQUENCE_BROKEN,
                    event.id(),
                    "sequence %d is expected".formatted(expected));
        } else if (!Arrays.equals(entry.previous(), before == null ? null : before.leaf())) {
            findings.add(
                    FindingKind.LEAF_DIFFERS,
                    event.id(),
                    "does not build upon the event before it in the pack");
        }
    }

    private void prove(LoggedEvent event, byte[] leaf, Note note) {
        String file = PackFiles.proof(event.stream(), event.sequence());
        try {
            Optional<String> text = evidence.textIfThere(file);
            if (text.isEmpty()) {
                findings.add(FindingKind.PROOF_INVALID, event.id(), "has no proof");
                return;
            }
            TlogProof proof = TlogProof.parse(text.get());
            if (!proof.checkpoint().equals(note) || !proof.proves(leaf)) {
                findings.add(
                        FindingKind.PROOF_INVALID,
                        event.id(),
                        "is not in the log of the pack's checkpoint, by its proof");
            }
        } catch (Malformed e) {
            findings.add(FindingKind.PROOF_INVALID, event.id(), e.why());
        }
    }

    /** All entries of the log: their tree is the one that was signed, or it is another log. */
    private void log(Checkpoint checkpoint) {
        CompactTree tree = new CompactTree();
        compareKept(tree);
        for (long from = 0; from < checkpoint.size(); from += Tiles.WIDTH) {
            int width = (int) Math.min(Tiles.WIDTH, checkpoint.size() - from);
            List<byte[]> entries;
            try {
                entries = evidence.entries(from / Tiles.WIDTH, width);
            } catch (Malformed e) {
                findings.add(FindingKind.EVENT_UNREADABLE, "leaf " + from, e.why());
                return;
            }
            for (byte[] bytes : entries) {
                byte[] leaf = Hash.leaf(bytes);
                Entry entry = parsed(bytes, "leaf " + tree.size());
                if (entry != null) {
                    chain(entry, leaf);
                }
                tree.add(leaf);
                events++;
                compareKept(tree);
            }
        }
        if (tree.size() != checkpoint.size() || !Arrays.equals(tree.root(), checkpoint.root())) {
            findings.add(
                    FindingKind.CHECKPOINT_ROOT,
                    Long.toString(checkpoint.size()),
                    "the pack's checkpoint does not sign the %d entries of the pack"
                            .formatted(tree.size()));
        }
        if (kept != null && kept.size() > tree.size()) {
            inconsistent("the pack has %d leaves of a log that had %d", tree.size());
        }
    }

    private void compareKept(CompactTree tree) {
        if (kept != null
                && kept.size() == tree.size()
                && !Arrays.equals(kept.root(), tree.root())) {
            inconsistent(
                    "the pack's log of %d leaves does not begin with the one of %d", tree.size());
        }
    }

    private void continuesKept(Checkpoint checkpoint) {
        if (kept == null) {
            return;
        }
        List<byte[]> proof = new ArrayList<>();
        if (kept.size() > 0 && kept.size() < checkpoint.size()) {
            String file = PackFiles.consistency(kept.size());
            String lines =
                    evidence.textIfThere(file)
                            .orElseThrow(() ->
                                    new SourceFailed(
                                            "the pack cannot show that its log continues the"
                                                    + " checkpoint of "
                                                    + kept.size()
                                                    + " leaves; export it with --kept"));
            try {
                lines.lines().map(Hash::parse).forEach(proof::add);
            } catch (Malformed _) {
                inconsistent(
                        "of %d leaves, the proof that they continue %d is none", checkpoint.size());
                return;
            }
        }
        if (!Proofs.consistent(kept, checkpoint, proof)) {
            inconsistent(
                    "the pack's log of %d leaves does not continue the one of %d",
                    checkpoint.size());
        }
    }

    private void inconsistent(String sentence, long size) {
        long before = kept == null ? 0 : kept.size();
        findings.add(
                FindingKind.CHECKPOINT_INCONSISTENT,
                Long.toString(before),
                sentence.formatted(size, before));
    }
}
