package com.tokaify.ledger.audit.check;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.finding.FindingKind;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.source.EventSource;
import com.tokaify.ledger.audit.source.ReadAhead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What another source has of a ledger, Kafka, is what the store has. The mirror is opened before
 * the store: whatever it had then was committed by then, so that all of it must be in the store.
 * What the store has on top may be on its way, for as long as is allowed.
 */
public final class MirrorCheck implements CheckFactory, AutoCloseable {
    private final EventSource mirror;
    private final Due due;
    private final Collection<ReadAhead> open = new ConcurrentLinkedQueue<>();

    /**
     * @param due which events have been there for so long that the mirror must have them
     */
    public MirrorCheck(EventSource mirror, Due due) {
        this.mirror = mirror;
        this.due = due;
    }

    @Override
    public PartitionCheck of(int partition, Findings findings) {
        ReadAhead there = new ReadAhead(mirror, partition);
        open.add(there);
        return new SideBySide(partition, there, findings);
    }

    private final class SideBySide implements PartitionCheck {
        private final int partition;
        private final ReadAhead mirrored;
        private final Findings findings;
        private final Stretch missing;
        private long last;

        SideBySide(int partition, ReadAhead mirrored, Findings findings) {
            this.partition = partition;
            this.mirrored = mirrored;
            this.findings = findings;
            this.missing =
                    new Stretch(
                            findings,
                            FindingKind.RECORD_MISSING,
                            partition,
                            "is not on " + mirror.name());
        }

        @Override
        public void see(LoggedEvent event) {
            @Nullable LoggedEvent there = unknownBefore(event.pseq());
            if (there == null) {
                if (due.is(event)) {
                    missing.add(event.pseq(), event.pseq());
                }
            } else if (there.pseq() > event.pseq()) {
                missing.add(event.pseq(), event.pseq());
            } else {
                compare(event, there);
                mirrored.advance();
            }
            last = event.pseq();
        }

        @Override
        public void end() {
            unknownBefore(Long.MAX_VALUE);
            missing.end();
            mirrored.close();
        }

        /** Tells of what the mirror has before a position and the store has not. */
        private @Nullable LoggedEvent unknownBefore(long pseq) {
            @Nullable LoggedEvent there = mirrored.peek();
            while (there != null && there.pseq() < pseq) {
                String where = partition + ":" + there.pseq();
                if (there.pseq() <= last) {
                    findings.add(
                            FindingKind.POSITION_REPEATED,
                            where,
                            "%s has %s again, or out of order"
                                    .formatted(mirror.name(), there.id()));
                } else {
                    findings.add(
                            FindingKind.RECORD_UNKNOWN,
                            where,
                            "%s has %s, the store has nothing at this position"
                                    .formatted(mirror.name(), there.id()));
                }
                mirrored.advance();
                there = mirrored.peek();
            }
            return there;
        }

        private void compare(LoggedEvent stored, LoggedEvent there) {
            List<String> different = new ArrayList<>();
            differ(different, "stream", stored.stream(), there.stream());
            differ(different, "sequence", stored.sequence(), there.sequence());
            differ(different, "type", stored.type(), there.type());
            differ(different, "time", stored.recordedAt(), there.recordedAt());
            differ(different, "actor", stored.actor(), there.actor());
            differ(different, "correlation id", stored.correlationId(), there.correlationId());
            if (!Arrays.equals(stored.payload(), there.payload())) {
                different.add("payload");
            }
            if (!different.isEmpty()) {
                findings.add(
                        FindingKind.RECORD_DIFFERS,
                        partition + ":" + stored.pseq(),
                        "the store and %s differ about %s of %s"
                                .formatted(
                                        mirror.name(), String.join(", ", different), stored.id()));
            }
        }

        private static void differ(List<String> different, String field, Object a, Object b) {
            if (!a.equals(b)) {
                different.add(field);
            }
        }
    }

    @Override
    public void close() {
        open.forEach(ReadAhead::close);
    }
}
