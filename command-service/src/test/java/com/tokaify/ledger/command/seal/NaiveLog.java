package com.tokaify.ledger.command.seal;

import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.seal.SealRun;
import com.tokaify.ledger.seals.EntryBuffer;
import com.tokaify.ledger.seals.Hash;
import com.tokaify.ledger.seals.RawEvent;
import com.tokaify.ledger.seals.TreeHasher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The log as it has to be, from all events and the runs they were sealed in: no cache, no edge. */
final class NaiveLog {
    private final TreeHasher hasher = new TreeHasher();
    private final List<Hash> leaves = new ArrayList<>();

    /**
     * @throws AssertionError where a run names an event that is not there
     */
    NaiveLog(List<StoredEvent> events, List<SealRun> runs) {
        EntryBuffer entries = new EntryBuffer();
        Map<String, StoredEvent> byPosition = new HashMap<>();
        events.forEach(event -> byPosition.put(event.position().toString(), event));
        Map<StreamId, Hash> last = new HashMap<>();
        for (SealRun run : runs) {
            for (int i = 0; i < run.count(); i++) {
                String position = run.partition() + ":" + (run.firstPseq() + i);
                StoredEvent event = byPosition.remove(position);
                if (event == null) {
                    throw new AssertionError(position + " is sealed twice, or was never there");
                }
                Hash leaf = entries.leaf(RawEvent.of(event), last.get(event.stream()));
                last.put(event.stream(), leaf);
                leaves.add(leaf);
            }
        }
    }

    List<Hash> leaves() {
        return leaves;
    }

    /** RFC 6962, 2.1. */
    Hash root(int size) {
        return size == 0 ? hasher.empty() : root(leaves.subList(0, size));
    }

    private Hash root(List<Hash> part) {
        if (part.size() == 1) {
            return part.getFirst();
        }
        int left = Integer.highestOneBit(part.size() - 1);
        return hasher.node(root(part.subList(0, left)), root(part.subList(left, part.size())));
    }
}
