package com.tokaify.ledger.query.projection;

import java.util.List;
import java.util.Map;

/**
 * What one poll of the topic brought.
 *
 * @param events the next events of each partition, dense and in order
 * @param nextOffsets where reading continues after them, for every partition that was read
 * @param stops partitions whose next record cannot be applied, and why; what lies before it is in
 *     {@code events}
 */
record EventBatch(
        List<ReceivedEvent> events, Map<Integer, Long> nextOffsets, Map<Integer, String> stops) {

    EventBatch {
        events = List.copyOf(events);
        nextOffsets = Map.copyOf(nextOffsets);
        stops = Map.copyOf(stops);
    }
}
