package com.tokaify.ledger.command.seal;

import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.seal.Seal;
import com.tokaify.ledger.events.seal.SealRun;
import com.tokaify.ledger.seals.Hash;
import com.tokaify.ledger.seals.RawEvent;
import com.tokaify.ledger.seals.RightEdge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A store in memory in which sealing can be killed before and after everything it asks. */
final class MemorySeals implements SealStore {
    private final Map<Integer, NavigableMap<Long, StoredEvent>> events = new TreeMap<>();
    private final List<Seal> seals = new ArrayList<>();
    private final Map<EventKey, Hash> leaves = new HashMap<>();
    private final Predicate<String> kills;

    /**
     * @param kills asked at each step whether it is the last one
     */
    MemorySeals(Predicate<String> kills) {
        this.kills = kills;
    }

    /** The process is gone. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    void record(StoredEvent event) {
        events.computeIfAbsent(event.position().partition(), _ -> new TreeMap<>())
                .put(event.position().pseq(), event);
    }

    void lose(StoredEvent event) {
        events.values().forEach(partition -> partition.values().remove(event));
    }

    List<StoredEvent> events() {
        return events.values().stream().flatMap(each -> each.values().stream()).toList();
    }

    List<Seal> seals() {
        return seals;
    }

    List<SealRun> runs() {
        return seals.stream().flatMap(seal -> seal.runs().stream()).toList();
    }

    private void step(String name) {
        if (kills.test(name)) {
            throw new Killed();
        }
    }

    @Override
    public Optional<String> lastCheckpoint() {
        step("checkpoint");
        return seals.isEmpty() ? Optional.empty() : Optional.of(seals.getLast().checkpoint());
    }

    @Override
    public RightEdge edge() {
        step("edge");
        RightEdge edge = new RightEdge();
        for (Seal seal : seals) {
            for (int i = 0; i < seal.leaves(); i++) {
                edge.append(Hash.at(seal.hashes(), i));
            }
        }
        return edge;
    }

    @Override
    public long[] sealed(int partitions) {
        step("sealed");
        long[] sealed = new long[partitions];
        runs().forEach(run -> sealed[run.partition()] = run.firstPseq() + run.count() - 1);
        return sealed;
    }

    @Override
    public long[] ends(int partitions) {
        step("ends");
        long[] ends = new long[partitions];
        events.forEach((partition, each) -> ends[partition] = each.lastKey());
        return ends;
    }

    @Override
    public List<EventRows.Row> read(List<Slice> slices) {
        step("read");
        return rowsOf(slices);
    }

    private List<EventRows.Row> rowsOf(List<Slice> slices) {
        List<EventRows.Row> rows = new ArrayList<>();
        for (Slice slice : slices) {
            events.getOrDefault(slice.partition(), new TreeMap<>())
                    .subMap(slice.after() + 1, slice.after() + slice.count() + 1)
                    .values()
                    .forEach(event ->
                            rows.add(new EventRows.Row(event.stream().uuid(), RawEvent.of(event))));
        }
        return rows;
    }

    @Override
    public Map<EventKey, Hash> leaves(Collection<EventKey> asked) {
        step("leaves");
        Map<EventKey, Hash> found = new HashMap<>(leaves);
        found.keySet().retainAll(asked);
        return found;
    }

    @Override
    public void append(Seal seal, Hash root, Instant signedAt, @Nullable RightEdge edge) {
        step("before the commit");
        List<EventRows.Row> rows =
                rowsOf(
                        seal.runs().stream()
                                .map(run ->
                                        new Slice(
                                                run.partition(), run.firstPseq() - 1, run.count()))
                                .toList());
        for (int i = 0; i < rows.size(); i++) {
            leaves.put(
                    new EventKey(rows.get(i).stream(), rows.get(i).event().sequence()),
                    Hash.at(seal.hashes(), i));
        }
        seals.add(seal);
        step("after the commit");
    }
}
