package com.tokaify.ledger.audit.check;

import com.tokaify.ledger.audit.core.Entry;
import com.tokaify.ledger.audit.core.Hash;
import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.finding.FindingKind;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.seal.SealLog;
import com.tokaify.ledger.audit.seal.SealedLeaves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Every event is the one that was sealed: its leaf hash, made anew from what lies in the store, is
 * the one in the log. The log is opened before the store, so that whatever it has must be there.
 *
 * <p>A leaf commits to the one before it in its stream, so one changed event would spoil all that
 * follow. Therefore what was sealed, not what lies in the store, is taken for the one before: each
 * event is blamed for itself alone.
 */
public final class LeafCheck implements CheckFactory, AutoCloseable {
    /** Of what is missing from a partition, that events behind it may build upon. */
    private static final int MISSING_KEPT = 64;

    private final SealLog log;
    private final Due due;
    private final Collection<SealedLeaves> open = new ConcurrentLinkedQueue<>();

    /**
     * @param due which events have been there for so long that they must be sealed
     */
    public LeafCheck(SealLog log, Due due) {
        this.log = log;
        this.due = due;
    }

    @Override
    public PartitionCheck of(int partition, Findings findings) {
        SealedLeaves leaves = new SealedLeaves(log.runs(partition));
        open.add(leaves);
        return new OfPartition(partition, leaves, findings);
    }

    /**
     * The last leaf of a stream.
     *
     * @param sealed as the log has it; as it is in the store where it is not sealed yet
     * @param stored as it is in the store, where that is something else
     */
    @SuppressWarnings("ArrayRecordComponent") // hashed on, never compared
    private record Last(byte[] sealed, byte @Nullable [] stored) {}

    private final class OfPartition implements PartitionCheck {
        private final SealedLeaves leaves;
        private final Findings findings;
        private final Stretch missing;
        private final Stretch unsealed;
        private final Map<String, Last> streams = new HashMap<>();
        private final List<byte[]> missingLeaves = new ArrayList<>();

        OfPartition(int partition, SealedLeaves leaves, Findings findings) {
            this.leaves = leaves;
            this.findings = findings;
            this.missing =
                    new Stretch(
                            findings,
                            FindingKind.LEAF_MISSING,
                            partition,
                            "was sealed with an event, and has none");
            this.unsealed =
                    new Stretch(findings, FindingKind.NOT_SEALED, partition, "is not sealed");
        }

        @Override
        public void see(LoggedEvent event) {
            missingBefore(event.pseq());
            @Nullable Last last = streams.get(event.stream());
            byte[] previous = event.sequence() == 0 || last == null ? null : last.sealed();
            byte[] leaf = Hash.leaf(Entry.bytes(event, previous));
            if (leaves.position() != event.pseq()) {
                if (due.is(event)) {
                    unsealed.add(event.pseq(), event.pseq());
                }
                streams.put(event.stream(), new Last(leaf, null));
                return;
            }
            long index = leaves.index();
            byte[] sealed = leaves.take();
            if (Arrays.equals(leaf, sealed)) {
                streams.put(event.stream(), new Last(sealed, null));
                return;
            }
            if (!isUponAnother(event, last, sealed)) {
                findings.add(
                        FindingKind.LEAF_DIFFERS,
                        event.id(),
                        "the event at %d:%d is not the one that was sealed as leaf %d"
                                .formatted(event.partition(), event.pseq(), index));
            }
            streams.put(event.stream(), new Last(sealed, leaf));
        }

        @Override
        public void end() {
            missingBefore(Long.MAX_VALUE);
            missing.end();
            unsealed.end();
            leaves.close();
        }

        private void missingBefore(long pseq) {
            while (leaves.position() < pseq) {
                missing.add(leaves.position(), leaves.position());
                byte[] hash = leaves.take();
                if (missingLeaves.size() < MISSING_KEPT) {
                    missingLeaves.add(hash);
                }
            }
        }

        /**
         * Whether this very event was sealed, upon another one than the log has before it: one that
         * is missing, or one whose hash in the log was changed.
         */
        private boolean isUponAnother(LoggedEvent event, @Nullable Last last, byte[] sealed) {
            return (last != null && last.stored() != null && isUpon(last.stored(), event, sealed))
                    || missingLeaves.stream().anyMatch(leaf -> isUpon(leaf, event, sealed));
        }

        private static boolean isUpon(byte[] previous, LoggedEvent event, byte[] sealed) {
            return Arrays.equals(Hash.leaf(Entry.bytes(event, previous)), sealed);
        }
    }

    @Override
    public void close() {
        open.forEach(SealedLeaves::close);
    }
}
