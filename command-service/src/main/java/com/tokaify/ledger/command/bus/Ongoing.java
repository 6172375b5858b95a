package com.tokaify.ledger.command.bus;

import com.github.benmanes.caffeine.cache.Cache;
import com.tokaify.ledger.command.store.NewEvent;
import com.tokaify.ledger.events.kafka.TraceParent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * What the batch at hand works with, bound to Axon's unit of work: the aggregates it has touched,
 * what was read ahead for it, and the events it has published. The cache of living aggregates may
 * drop one at any moment; here it stays as long as the batch may decide on it again, and only what
 * a batch has made durable goes back to the cache. Confined to the lane's thread.
 */
final class Ongoing {
    private static final String RESOURCE = "ongoing batch";

    private final Cache<String, Aggregate<?>> living;
    private final Map<String, Aggregate<?>> touched = new HashMap<>();
    private final Map<String, Aggregate<?>> fresh = new HashMap<>();
    private final Map<String, History> readAhead = new HashMap<>();
    private final List<NewEvent> events = new ArrayList<>();
    private @Nullable TraceParent trace;

    private Ongoing(Cache<String, Aggregate<?>> living) {
        this.living = living;
    }

    /** Begins a batch in a unit of work; what it touched is forgotten where that fails. */
    static Ongoing in(UnitOfWork<?> unitOfWork, Cache<String, Aggregate<?>> living) {
        Ongoing ongoing = new Ongoing(living);
        unitOfWork.resources().put(RESOURCE, ongoing);
        unitOfWork.onRollback(_ -> living.invalidateAll(ongoing.touched.keySet()));
        unitOfWork.afterCommit(_ -> living.putAll(ongoing.fresh));
        return ongoing;
    }

    /** That of the current unit of work. */
    static Ongoing current() {
        return (Ongoing)
                Objects.requireNonNull(
                        CurrentUnitOfWork.get().root().resources().get(RESOURCE),
                        "no batch is at work on this thread");
    }

    /** Published so far. */
    List<NewEvent> events() {
        return events;
    }

    /**
     * What is published from now on is of another command.
     *
     * @param place where in a trace that belongs; null where the command is not traced
     */
    void decides(@Nullable TraceParent place) {
        trace = place;
    }

    void publish(NewEvent event) {
        events.add(trace == null ? event : event.in(trace));
    }

    /** One that is in memory; null where it has to be read. */
    @Nullable Aggregate<?> aggregate(String id) {
        Aggregate<?> aggregate = touched.get(id);
        if (aggregate == null) {
            aggregate = living.getIfPresent(id);
            if (aggregate != null) {
                touched.put(id, aggregate);
            }
        }
        return aggregate;
    }

    /**
     * One that was read or created just now.
     *
     * @param id null where its creation was refused or had happened before: then it is nobody
     */
    void add(@Nullable String id, Aggregate<?> aggregate) {
        if (id != null) {
            touched.put(id, aggregate);
            fresh.put(id, aggregate);
        }
    }

    void readAhead(Map<String, History> histories) {
        readAhead.putAll(histories);
    }

    /** What was read ahead of a stream, once: afterwards it may be old. */
    @Nullable History takeReadAhead(String id) {
        return readAhead.remove(id);
    }
}
