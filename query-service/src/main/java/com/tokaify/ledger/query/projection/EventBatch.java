package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.RecordedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one poll of the topic brought.
 *
 * @param events the next events of each partition, dense and in order
 * @param nextOffsets where reading continues after them, for every partition that was read; what is
 *     less than the stored offset leaves that as it is
 * @param stops the ends of partitions whose next record cannot be applied; what lies before it is
 *     in {@code events}
 */
record EventBatch(List<ReceivedEvent> events, Map<Integer, Long> nextOffsets, List<Stop> stops) {

    /** Reading continues where it did, and skips what is known by then. */
    private static final long UNMOVED = 0;

    static final EventBatch NOTHING = new EventBatch(List.of(), Map.of(), List.of());

    EventBatch {
        events = List.copyOf(events);
        nextOffsets = Map.copyOf(nextOffsets);
        stops = List.copyOf(stops);
    }

    /** The batch without an event no view can take, and without all of its partition after it. */
    EventBatch before(RecordedEvent event, Stop stop) {
        return cut(event.position().pseq(), stop);
    }

    /** The batch without partitions that have stopped before it, of those that are in it. */
    EventBatch without(List<Stop> stopped) {
        EventBatch left = this;
        for (Stop stop : stopped) {
            if (left.nextOffsets.containsKey(stop.partition())) {
                left = left.cut(0, stop);
            }
        }
        return left;
    }

    boolean isNothing() {
        return nextOffsets.isEmpty() && stops.isEmpty();
    }

    /** Both as one; the other was read later. */
    EventBatch and(EventBatch later) {
        if (isNothing()) {
            return later;
        }
        if (later.isNothing()) {
            return this;
        }
        Map<Integer, Long> offsets = new HashMap<>(nextOffsets);
        offsets.putAll(later.nextOffsets);
        return new EventBatch(joined(events, later.events), offsets, joined(stops, later.stops));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first.size() + second.size());
        all.addAll(first);
        all.addAll(second);
        return all;
    }

    private EventBatch cut(long fromPseq, Stop stop) {
        int partition = stop.partition();
        List<ReceivedEvent> left =
                events.stream()
                        .filter(each ->
                                each.recorded().position().partition() != partition
                                        || each.recorded().position().pseq() < fromPseq)
                        .toList();
        Map<Integer, Long> offsets = new HashMap<>(nextOffsets);
        offsets.put(partition, UNMOVED);
        List<Stop> ends = new ArrayList<>(stops);
        // What stopped the partition later on is not reached any more.
        ends.removeIf(end -> end.partition() == partition);
        ends.add(stop);
        return new EventBatch(left, offsets, ends);
    }

    /** The first events of the batch, in so far as offsets are not known within it. */
    EventBatch first(int count) {
        Map<Integer, Long> offsets = new HashMap<>();
        nextOffsets.keySet().forEach(partition -> offsets.put(partition, UNMOVED));
        return new EventBatch(events.subList(0, count), offsets, List.of());
    }

    /** Its events from the one with this index on, and all the rest of it. */
    EventBatch from(int index) {
        return new EventBatch(events.subList(index, events.size()), nextOffsets, stops);
    }
}
