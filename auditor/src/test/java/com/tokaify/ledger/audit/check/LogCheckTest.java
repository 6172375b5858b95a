package com.tokaify.ledger.audit.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.audit.core.Checkpoint;
import com.tokaify.ledger.audit.core.Hash;
import com.tokaify.ledger.audit.core.Note;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.sample.SampleLedger;
import com.tokaify.ledger.audit.sample.SampleSeals;
import com.tokaify.ledger.audit.seal.SealedCheckpoint;
import com.tokaify.ledger.audit.seal.SealedRun;
import com.tokaify.ledger.audit.source.SourceFailed;
import com.tokaify.ledger.audit.witness.SigningKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log of seals is held against itself and its signatures, each by a check of its own. */
class LogCheckTest {
    private static final SigningKey KEY = SampleSeals.newKey();
    private static final SampleSeals SEALS = SampleSeals.of(SampleLedger.standard(), KEY);
    private static final SealedCheckpoint SECOND = SEALS.checkpointList().get(1);
    private static final SealedRun RUN = SEALS.runList().get(3);

    @Test
    void soundLogGivesNoFinding() {
        assertThat(found(SEALS)).isEmpty();
    }

    @Test
    void runThatIsNotWhereTheLogEndsIsFound() {
        SealedRun moved =
                new SealedRun(
                        RUN.firstLeaf() + 1,
                        RUN.partition(),
                        RUN.firstPseq(),
                        RUN.count(),
                        RUN.hashes());
        assertThat(found(with(moved))).containsExactly("LOG_BROKEN " + RUN.firstLeaf());
    }

    @Test
    void runWithAHashTooFewIsFound() {
        byte[] fewer = Arrays.copyOf(RUN.hashes(), RUN.hashes().length - Hash.LENGTH);
        SealedRun cut =
                new SealedRun(
                        RUN.firstLeaf(), RUN.partition(), RUN.firstPseq(), RUN.count(), fewer);
        assertThat(found(with(cut))).containsExactly("LOG_BROKEN " + RUN.firstLeaf());
    }

    /** Positions of a partition are sealed one after the other, none twice and none left out. */
    @Test
    void runThatDoesNotFollowItsPartitionIsFound() {
        for (long pseq : new long[] {RUN.firstPseq() - 1, RUN.firstPseq() + 1}) {
            SealedRun other =
                    new SealedRun(
                            RUN.firstLeaf(), RUN.partition(), pseq, RUN.count(), RUN.hashes());
            assertThat(found(with(other))).containsExactly("LOG_BROKEN " + RUN.firstLeaf());
        }
    }

    /** The key may sign other things; only what says that it is this log's is its checkpoint. */
    @Test
    void checkpointOfAnotherLogOfTheSameKeyIsFound() {
        assertThat(found(with(1, signed("another.log", SECOND.size(), SECOND.root()))))
                .containsExactly("CHECKPOINT_SIGNATURE " + SECOND.size());
    }

    /** Signed well, and a lie. */
    @Test
    void signedCheckpointOfAnotherSizeOrRootIsFound() {
        String origin = KEY.verifier().name();
        assertThat(found(with(1, signed(origin, SECOND.size() + 1, SECOND.root()))))
                .containsExactly("CHECKPOINT_ROOT " + SECOND.size());
        assertThat(found(with(1, signed(origin, SECOND.size(), Hash.ofNothing()))))
                .containsExactly("CHECKPOINT_ROOT " + SECOND.size());
    }

    @Test
    void checkpointOfMoreLeavesThanThereAreIsFound() {
        long more = SEALS.leaves() + 5;
        List<SealedCheckpoint> checkpoints = new ArrayList<>(SEALS.checkpointList());
        checkpoints.add(
                new SealedCheckpoint(
                        more,
                        Hash.ofNothing(),
                        signed(KEY.verifier().name(), more, Hash.ofNothing()),
                        SECOND.signedAt()));
        assertThat(found(new SampleSeals(SEALS.runList(), checkpoints)))
                .containsExactly("CHECKPOINT_ROOT " + more);
    }

    /** Leaves that nothing signs are nobody's word. */
    @Test
    void leavesWithoutACheckpointAreFound() {
        List<SealedCheckpoint> fewer = new ArrayList<>(SEALS.checkpointList());
        fewer.removeLast();
        assertThat(found(new SampleSeals(SEALS.runList(), fewer)))
                .containsExactly("LOG_BROKEN " + fewer.getLast().size());
    }

    /** What an auditor kept is believed only where the log's key has signed it. */
    @Test
    void keptCheckpointOfAnotherKeyIsRefused() {
        assertThat(LogCheck.kept(SECOND.note(), KEY.verifier(), "kept").size())
                .isEqualTo(SECOND.size());
        assertThatThrownBy(
                        () -> LogCheck.kept(SECOND.note(), SampleSeals.newKey().verifier(), "kept"))
                .isInstanceOf(SourceFailed.class)
                .hasMessageContaining("not signed by");
        assertThatThrownBy(() -> LogCheck.kept("a word\n", KEY.verifier(), "kept"))
                .isInstanceOf(SourceFailed.class)
                .hasMessageContaining("not a checkpoint");
    }

    private static List<String> found(SampleSeals seals) {
        Findings findings = new Findings();
        new LogCheck(seals, KEY.verifier(), List.of(), findings).run(Progress.UNSEEN);
        return Found.of(findings);
    }

    private static String signed(String origin, long size, byte[] root) {
        String text = new Checkpoint(origin, size, root).text();
        return new Note(text, List.of(KEY.sign(text, 0))).toString();
    }

    /** With another note in a row. */
    private static SampleSeals with(int index, String note) {
        List<SealedCheckpoint> checkpoints = new ArrayList<>(SEALS.checkpointList());
        SealedCheckpoint row = checkpoints.get(index);
        checkpoints.set(index, new SealedCheckpoint(row.size(), row.root(), note, row.signedAt()));
        return new SampleSeals(SEALS.runList(), checkpoints);
    }

    private static SampleSeals with(SealedRun other) {
        List<SealedRun> runs = new ArrayList<>(SEALS.runList());
        runs.set(runs.indexOf(RUN), other);
        return new SampleSeals(runs, SEALS.checkpointList());
    }
}
