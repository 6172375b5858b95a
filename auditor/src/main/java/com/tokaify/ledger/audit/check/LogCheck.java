package com.tokaify.ledger.audit.check;

import com.tokaify.ledger.audit.core.Checkpoint;
import com.tokaify.ledger.audit.core.CompactTree;
import com.tokaify.ledger.audit.core.Hash;
import com.tokaify.ledger.audit.core.Malformed;
import com.tokaify.ledger.audit.core.Note;
import com.tokaify.ledger.audit.core.VerifierKey;
import com.tokaify.ledger.audit.finding.FindingKind;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.seal.Cursor;
import com.tokaify.ledger.audit.seal.SealLog;
import com.tokaify.ledger.audit.seal.SealedCheckpoint;
import com.tokaify.ledger.audit.seal.SealedRun;
import com.tokaify.ledger.audit.source.SourceFailed;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The log of seals is one tree that only grew. All its leaves are put together in their order, and
 * wherever a checkpoint was signed its root must be that of the leaves so far; and so wherever an
 * auditor kept one, which nobody who rewrote the log could change.
 */
public final class LogCheck {
    private final SealLog log;
    private final @Nullable VerifierKey key;
    private final Findings findings;
    private final Deque<Checkpoint> kept;
    private final CompactTree tree = new CompactTree();

    private long checkpoints;
    private long lastCheckpoint;
    private long wrongRoots;
    private long firstWrongRoot;
    private long lastWrongRoot;
    private boolean broken;

    /**
     * @param key of the log; null where signatures are not looked at
     * @param kept checkpoints from elsewhere, whose signatures were looked at
     */
    public LogCheck(
            SealLog log, @Nullable VerifierKey key, List<Checkpoint> kept, Findings findings) {
        this.log = log;
        this.key = key;
        this.findings = findings;
        this.kept =
                new ArrayDeque<>(
                        kept.stream().sorted(Comparator.comparingLong(Checkpoint::size)).toList());
    }

    /**
     * Goes through the whole log.
     *
     * @return how many checkpoints it has
     */
    public long run(Progress progress) {
        try (Cursor<SealedRun> runs = log.runs();
                Cursor<SealedCheckpoint> signed = log.checkpoints()) {
            @Nullable SealedCheckpoint next = compareRoots(signed.next(), signed);
            Map<Integer, Long> ends = new HashMap<>();
            for (SealedRun run = runs.next(); run != null && !broken; run = runs.next()) {
                if (follows(run, ends)) {
                    for (int i = 0; i < run.count(); i++) {
                        tree.add(run.hash(i));
                        next = compareRoots(next, signed);
                    }
                    progress.add(run.count());
                }
            }
            for (; next != null; next = signed.next()) {
                beyond(next);
            }
        }
        if (wrongRoots > 0) {
            findings.add(
                    FindingKind.CHECKPOINT_ROOT,
                    Long.toString(firstWrongRoot),
                    "%d checkpoints, of sizes %d to %d, do not sign the leaves before them"
                            .formatted(wrongRoots, firstWrongRoot, lastWrongRoot));
        }
        if (!broken && lastCheckpoint < tree.size()) {
            findings.add(
                    FindingKind.LOG_BROKEN,
                    Long.toString(lastCheckpoint),
                    "nothing signs the leaves from %d to %d"
                            .formatted(lastCheckpoint, tree.size()));
        }
        if (!broken) {
            kept.forEach(this::lost);
        }
        return checkpoints;
    }

    /** Whether a run goes on where the log, and its partition, have come to. */
    private boolean follows(SealedRun run, Map<Integer, Long> ends) {
        String trouble = null;
        long expected = ends.getOrDefault(run.partition(), 0L) + 1;
        if (run.firstLeaf() != tree.size()) {
            trouble = "the leaf that follows is %d".formatted(run.firstLeaf());
        } else if (!run.isWhole()) {
            trouble =
                    "%d leaves have %d bytes of hashes".formatted(run.count(), run.hashes().length);
        } else if (run.firstPseq() != expected) {
            trouble =
                    "position %d:%d is sealed where %d:%d was to come"
                            .formatted(run.partition(), run.firstPseq(), run.partition(), expected);
        }
        if (trouble != null) {
            broken = true;
            findings.add(
                    FindingKind.LOG_BROKEN,
                    Long.toString(tree.size()),
                    "the log cannot be followed past leaf %d: %s".formatted(tree.size(), trouble));
            return false;
        }
        ends.put(run.partition(), run.firstPseq() + run.count() - 1);
        return true;
    }

    /** Looks at every checkpoint of the size the tree has now. */
    private @Nullable SealedCheckpoint compareRoots(
            @Nullable SealedCheckpoint next, Cursor<SealedCheckpoint> signed) {
        @Nullable SealedCheckpoint checkpoint = next;
        while (checkpoint != null && checkpoint.size() <= tree.size()) {
            check(checkpoint);
            checkpoint = signed.next();
        }
        while (!kept.isEmpty() && kept.getFirst().size() == tree.size()) {
            Checkpoint mine = kept.removeFirst();
            if (!Arrays.equals(mine.root(), tree.root())) {
                findings.add(
                        FindingKind.CHECKPOINT_INCONSISTENT,
                        Long.toString(mine.size()),
                        "of the first %d leaves the root was %s when a checkpoint was kept, and is now %s"
                                .formatted(
                                        mine.size(),
                                        Hash.text(mine.root()),
                                        Hash.text(tree.root())));
            }
        }
        return checkpoint;
    }

    private void check(SealedCheckpoint checkpoint) {
        @Nullable Checkpoint signed = signatureOf(checkpoint);
        byte[] root = tree.root();
        if (signed != null
                && !(signed.size() == checkpoint.size()
                        && Arrays.equals(signed.root(), root)
                        && Arrays.equals(checkpoint.root(), root))) {
            if (wrongRoots == 0) {
                firstWrongRoot = checkpoint.size();
            }
            wrongRoots++;
            lastWrongRoot = checkpoint.size();
        }
    }

    /** What the checkpoint's note says, or null where nobody vouches for it. */
    private @Nullable Checkpoint signatureOf(SealedCheckpoint checkpoint) {
        checkpoints++;
        lastCheckpoint = checkpoint.size();
        String where = Long.toString(checkpoint.size());
        try {
            Note note = Note.parse(checkpoint.note());
            Checkpoint signed = Checkpoint.parse(note.text());
            if (key == null || (key.signed(note) && key.name().equals(signed.origin()))) {
                return signed;
            }
            findings.add(
                    FindingKind.CHECKPOINT_SIGNATURE,
                    where,
                    "the checkpoint of size %s is not signed by %s".formatted(where, key.name()));
        } catch (Malformed e) {
            findings.add(
                    FindingKind.CHECKPOINT_SIGNATURE,
                    where,
                    "the checkpoint of size %s is none: %s".formatted(where, e.why()));
        }
        return null;
    }

    /** A checkpoint of more leaves than could be read. Where the log is broken that is known. */
    private void beyond(SealedCheckpoint checkpoint) {
        @Nullable Checkpoint signed = signatureOf(checkpoint);
        if (signed != null && !broken) {
            findings.add(
                    FindingKind.CHECKPOINT_ROOT,
                    Long.toString(checkpoint.size()),
                    "%d leaves are signed and the log has %d"
                            .formatted(checkpoint.size(), tree.size()));
        }
    }

    private void lost(Checkpoint mine) {
        findings.add(
                FindingKind.CHECKPOINT_INCONSISTENT,
                Long.toString(mine.size()),
                "the log had %d leaves when a checkpoint was kept, and has %d"
                        .formatted(mine.size(), tree.size()));
    }

    /**
     * Reads what an auditor kept.
     *
     * @throws SourceFailed where it is not a checkpoint, or not one of this key
     */
    public static Checkpoint kept(String note, VerifierKey key, String name) {
        try {
            Note parsed = Note.parse(note);
            if (!key.signed(parsed)) {
                throw new SourceFailed(name + " is not signed by " + key.name());
            }
            return Checkpoint.parse(parsed.text());
        } catch (Malformed e) {
            throw new SourceFailed(name + " is not a checkpoint: " + e.why(), e);
        }
    }
}
