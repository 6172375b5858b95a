package com.tokaify.ledger.audit.pack;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.seal.SealLog;
import com.tokaify.ledger.audit.seal.SealedLeaves;
import com.tokaify.ledger.audit.source.EventSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the events of some streams, and those of them that are in the log. */
final class SealedEvents {
    private final Map<String, List<Sealed>> byStream = new LinkedHashMap<>();
    private long unsealed;

    /**
     * @param size how many leaves of the log count
     */
    static SealedEvents of(List<String> streams, EventSource store, SealLog log, long size) {
        Map<Integer, List<LoggedEvent>> byPartition = new TreeMap<>();
        SealedEvents found = new SealedEvents();
        for (String stream : streams) {
            found.byStream.put(stream, new ArrayList<>());
            store.readStream(
                    stream,
                    event ->
                            byPartition
                                    .computeIfAbsent(event.partition(), _ -> new ArrayList<>())
                                    .add(event));
        }
        byPartition.forEach((partition, events) -> found.find(partition, events, log, size));
        return found;
    }

    private void find(int partition, List<LoggedEvent> events, SealLog log, long size) {
        events.sort(Comparator.comparingLong(LoggedEvent::pseq));
        try (SealedLeaves leaves = new SealedLeaves(log.runs(partition))) {
            for (LoggedEvent event : events) {
                while (leaves.position() < event.pseq()) {
                    leaves.take();
                }
                long index = leaves.index();
                if (leaves.position() == event.pseq() && index < size) {
                    byStream.computeIfAbsent(event.stream(), _ -> new ArrayList<>())
                            .add(new Sealed(event, index, leaves.take()));
                } else {
                    unsealed++;
                }
            }
        }
    }

    Map<String, List<Sealed>> byStream() {
        return byStream;
    }

    /** How many are too new to be in the log. */
    long unsealed() {
        return unsealed;
    }
}
