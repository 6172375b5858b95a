package com.tokaify.ledger.command;

import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.kafka.Partitioning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at events in the order a reader gets them and names whatever must not be: a hole, a
 * repetition or disorder in a partition or a stream, a stream in a foreign partition, a once-only
 * fact recorded twice. It shares no code with what it checks.
 */
public record EventOrder(Partitioning partitioning) {
    /** Empty where all is well. */
    public List<String> problems(List<StoredEvent> events) {
        List<String> problems = new ArrayList<>();
        Map<Integer, Long> pseqs = new HashMap<>();
        Map<StreamId, Long> sequences = new HashMap<>();
        Set<OnceKey> once = new HashSet<>();
        for (StoredEvent event : events) {
            String at = event.position() + " " + event.id() + ": ";
            int partition = event.position().partition();
            if (partition != partitioning.partitionOf(event.stream())) {
                problems.add(at + "its stream lives elsewhere");
            }
            long pseq = pseqs.getOrDefault(partition, 0L) + 1;
            if (event.position().pseq() != pseq) {
                problems.add(at + "pseq " + pseq + " was expected");
            }
            pseqs.put(partition, event.position().pseq());
            long sequence = sequences.getOrDefault(event.stream(), -1L) + 1;
            if (event.sequence() != sequence) {
                problems.add(at + "sequence " + sequence + " was expected");
            }
            sequences.put(event.stream(), event.sequence());
            OnceKey.of(event.stream(), EventCodec.decode(event).event())
                    .filter(key -> !once.add(key))
                    .ifPresent(_ -> problems.add(at + "was recorded before"));
        }
        return problems;
    }
}
