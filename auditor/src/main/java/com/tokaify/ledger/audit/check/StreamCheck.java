package com.tokaify.ledger.audit.check;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.finding.FindingKind;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.kafka.Partitioning;
import java.util.HashMap;
import java.util.Map;

/** Sequences of a stream are 0, 1, 2 …, and the stream lies where its name hashes to. */
public final class StreamCheck implements PartitionCheck {
    private final int partition;
    private final Partitioning partitioning;
    private final Findings findings;

    /** The next sequence of each stream, in an array of one so that it can count. */
    private final Map<String, long[]> next = new HashMap<>();

    private StreamCheck(int partition, Partitioning partitioning, Findings findings) {
        this.partition = partition;
        this.partitioning = partitioning;
        this.findings = findings;
    }

    public static CheckFactory of(int partitions) {
        Partitioning partitioning = new Partitioning(partitions);
        return (partition, findings) -> new StreamCheck(partition, partitioning, findings);
    }

    @Override
    public void see(LoggedEvent event) {
        long[] expected = next.get(event.stream());
        if (expected == null) {
            expected = new long[1];
            next.put(event.stream(), expected);
            checkHome(event);
        }
        if (event.sequence() != expected[0]) {
            findings.add(
                    FindingKind.SEQUENCE_BROKEN,
                    event.id(),
                    "at %d:%d sequence %d is expected, not %d"
                            .formatted(partition, event.pseq(), expected[0], event.sequence()));
        }
        // An event out of its turn is told once, and those in their turn are not blamed for it.
        expected[0] = Math.max(expected[0], event.sequence() + 1);
    }

    private void checkHome(LoggedEvent event) {
        try {
            int home = partitioning.partitionOf(StreamId.parse(event.stream()));
            if (home != partition) {
                findings.add(
                        FindingKind.WRONG_PARTITION,
                        event.stream(),
                        "lies in partition %d from %d:%d on and belongs in %d"
                                .formatted(partition, partition, event.pseq(), home));
            }
        } catch (InvalidField e) {
            findings.add(
                    FindingKind.EVENT_UNREADABLE,
                    partition + ":" + event.pseq(),
                    "'" + event.stream() + "' is no stream: " + e.getMessage());
        }
    }
}
