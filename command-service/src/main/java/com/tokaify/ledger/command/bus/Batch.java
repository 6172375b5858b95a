package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.RecallingCommand;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.decision.StreamAggregate;
import com.tokaify.ledger.command.store.NewEvent;
import com.tokaify.ledger.command.store.Recorded;
import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.command.store.SnapshotTable;
import com.tokaify.ledger.command.store.StreamEnd;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Commands decided in one Axon unit of work and written in one append. A refusal is one command's
 * own; an exception undoes the whole batch, and the lane tries the commands again one by one. Used
 * once, on the lane's thread.
 */
final class Batch {

    /**
     * One command and what was decided.
     *
     * @param earlier where its once-only fact was recorded before
     * @param eventsFrom the number of events gathered before it
     * @param eventsUpTo the number of events gathered once it was decided
     * @param version the place of the stream's last event once it was decided; null where unknown
     */
    private record Decided(
            LedgerCommand<?> command,
            Decision<?> decision,
            @Nullable Position earlier,
            int eventsFrom,
            int eventsUpTo,
            @Nullable Long version) {
        private boolean madeEvents() {
            return eventsUpTo > eventsFrom;
        }
    }

    /** Another instance has written to a stream since it was read here. Read and decide again. */
    static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Overtaken(StreamId stream) {
            super("another instance has written to " + stream);
        }
    }

    private final LaneRuntime runtime;
    private final Recollection recollection;
    private final Set<OnceKey> lookedUp = new HashSet<>();
    private final Map<OnceKey, Recorded> recorded = new HashMap<>();
    private final Map<OnceKey, NewEvent> justDecided = new HashMap<>();
    private final List<Decided> decided = new ArrayList<>();
    private final Map<StreamId, StreamEnd> ends = new HashMap<>();
    private final Ongoing ongoing;
    private final UnitOfWork<?> unitOfWork;
    private long[] pseqs = {};

    /** Begins it in the thread's unit of work. */
    Batch(LaneRuntime runtime, Recollection recollection) {
        this.runtime = runtime;
        this.recollection = recollection;
        this.unitOfWork = DefaultUnitOfWork.startAndGet(null);
        this.ongoing = Ongoing.in(unitOfWork, runtime.living());
    }

    /** Decides, appends, and waits until that is durable. */
    List<CommandResult<?>> run(List<Work> works) {
        try {
            List<CommandMessage<?>> messages = new ArrayList<>();
            works.forEach(work -> messages.addAll(work.messages()));
            List<List<OnceKey>> keys = new ArrayList<>(messages.size());
            messages.forEach(message -> keys.add(recalls(message)));
            lookUp(keys.stream().filter(this::isLookedUpFirst).toList());
            readAhead(messages);
            for (int i = 0; i < messages.size(); i++) {
                decided.add(decide(messages.get(i), keys.get(i)));
            }
            recallWhatTheAppendDoesNotFence(messages, keys);
            List<NewEvent> events = ongoing.events();
            fenceWhatMadeNoEvents(events);
            List<SideWrite> sideWrites = sideWrites(works, events);
            unitOfWork.onCommit(_ -> append(events, sideWrites));
            unitOfWork.commit();
            justDecided.keySet().forEach(recollection::recorded);
            recollection.decided(messages.size());
            return results(events);
        } catch (RuntimeException e) {
            if (unitOfWork.isActive()) {
                unitOfWork.rollback(e);
            }
            throw e;
        }
    }

    /** Reads the tokens that are not in memory all at once. */
    private void readAhead(List<CommandMessage<?>> messages) {
        Set<TokenId> absent = new HashSet<>();
        for (CommandMessage<?> message : messages) {
            LedgerCommand<?> command = (LedgerCommand<?>) message.getPayload();
            if (command.stream() instanceof TokenId token
                    && !command.beginsItsStream()
                    && ongoing.aggregate(token.toString()) == null) {
                absent.add(token);
            }
        }
        if (!absent.isEmpty()) {
            ongoing.readAhead(runtime.tokenHistories().of(absent));
        }
    }

    /** Hashed once for each command: they are asked for several times. */
    private static List<OnceKey> recalls(CommandMessage<?> message) {
        return message.getPayload() instanceof RecallingCommand<?> command
                ? command.recalls()
                : List.of();
    }

    /** A command's own fact is fenced by the append; others it depends on are not. */
    private boolean isLookedUpFirst(List<OnceKey> keys) {
        return keys.size() > 1 || (keys.size() == 1 && recollection.mayBeRepeated(keys.getFirst()));
    }

    private void lookUp(List<List<OnceKey>> keys) {
        Set<OnceKey> wanted = new HashSet<>();
        keys.forEach(wanted::addAll);
        lookedUp.addAll(wanted);
        if (wanted.isEmpty()) {
            return;
        }
        Map<OnceKey, Recorded> found = runtime.table().recorded(wanted);
        recorded.putAll(found);
        for (OnceKey key : found.keySet()) {
            if (!recollection.isRecent(key)) {
                recollection.surprised();
                recollection.recorded(key);
            }
        }
    }

    /**
     * A command that was decided as if it were new and does not record its fact, since it was
     * refused for instance, may all the same be a repetition: only now is its fact looked up, and
     * where it is recorded the command is decided again.
     */
    private void recallWhatTheAppendDoesNotFence(
            List<CommandMessage<?>> messages, List<List<OnceKey>> keys) {
        List<Integer> unfenced = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (!keys.get(i).isEmpty()
                    && !lookedUp.contains(keys.get(i).getFirst())
                    && !justDecided.containsKey(keys.get(i).getFirst())) {
                unfenced.add(i);
            }
        }
        lookUp(unfenced.stream().map(keys::get).toList());
        for (int i : unfenced) {
            if (recorded.containsKey(keys.get(i).getFirst())) {
                if (decided.get(i).madeEvents()) {
                    throw new IllegalStateException(
                            messages.get(i).getCommandName() + " made events but not its own");
                }
                decided.set(i, decide(messages.get(i), keys.get(i)));
            }
        }
    }

    private Decided decide(CommandMessage<?> message, List<OnceKey> keys) {
        LedgerCommand<?> command = (LedgerCommand<?>) message.getPayload();
        Map<OnceKey, RecordedFact> facts = facts(keys);
        CommandMessage<?> told =
                facts.isEmpty() || !(command instanceof RecallingCommand<?> recalling)
                        ? message
                        : GenericCommandMessage.asCommandMessage(recalling.knowing(facts));
        List<NewEvent> events = ongoing.events();
        int from = events.size();
        ongoing.decides(CommandSpans.placeOf(message));
        Decision<?> decision = handle(told, command.stream());
        for (NewEvent event : events.subList(from, events.size())) {
            if (event.onceKey() != null) {
                justDecided.put(event.onceKey(), event);
            }
        }
        int upTo = events.size();
        CommandSpans.decided(message, events.subList(from, upTo));
        Long version = upTo > from ? (Long) events.getLast().sequence() : version(command.stream());
        Recorded earlier = keys.isEmpty() ? null : recorded.get(keys.getFirst());
        return new Decided(
                command,
                decision,
                earlier == null ? null : earlier.position(),
                from,
                upTo,
                version);
    }

    private Map<OnceKey, RecordedFact> facts(List<OnceKey> keys) {
        if (recorded.isEmpty() && justDecided.isEmpty()) {
            return Map.of();
        }
        Map<OnceKey, RecordedFact> facts = new HashMap<>();
        for (OnceKey key : keys) {
            Recorded before = recorded.get(key);
            NewEvent moment = justDecided.get(key);
            if (before != null) {
                facts.put(key, before.fact());
            } else if (moment != null) {
                facts.put(
                        key, new RecordedFact(moment.stream(), moment.sequence(), moment.event()));
            }
        }
        return facts;
    }

    private @Nullable Long version(StreamId stream) {
        Aggregate<?> aggregate = ongoing.aggregate(stream.toString());
        return aggregate == null ? null : aggregate.version();
    }

    /**
     * The append fences a stream that got events. Where a decision made none, a refusal or "it is
     * so already", the stream is looked at once more, or an instance could answer for ever from a
     * state that another one has long changed.
     */
    private void fenceWhatMadeNoEvents(List<NewEvent> events) {
        Set<StreamId> unfenced = new HashSet<>();
        for (Decided each : decided) {
            if (!each.madeEvents()) {
                unfenced.add(each.command().stream());
            }
        }
        events.forEach(event -> unfenced.remove(event.stream()));
        if (unfenced.isEmpty()) {
            return;
        }
        ends.putAll(runtime.table().ends(unfenced));
        for (Decided each : decided) {
            StreamEnd end = ends.get(each.command().stream());
            if (end != null && each.version() != null && end.sequence() > each.version()) {
                throw new Overtaken(each.command().stream());
            }
        }
    }

    private Decision<?> handle(CommandMessage<?> message, StreamId stream) {
        var handler = runtime.handlers().get(message.getCommandName());
        if (handler == null) {
            throw new IllegalStateException("nobody handles " + message.getCommandName());
        }
        try {
            return (Decision<?>) handler.handle(message);
        } catch (AggregateNotFoundException e) {
            return Decision.notFound(stream);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(message.getCommandName() + " failed", e);
        }
    }

    private List<SideWrite> sideWrites(List<Work> works, List<NewEvent> events) {
        List<SideWrite> all = new ArrayList<>();
        for (NewEvent event : events) {
            runtime.companions().forEach(companion -> companion.of(event).ifPresent(all::add));
        }
        all.addAll(snapshots(events));
        int from = 0;
        for (Work work : works) {
            int to = from + work.messages().size();
            if (!work.writes().equals(WorkWrites.NONE)) {
                all.addAll(work.writes().given(outcomes(decided.subList(from, to))));
            }
            from = to;
        }
        return all;
    }

    private List<Outcome<?>> outcomes(List<Decided> some) {
        List<Outcome<?>> outcomes = new ArrayList<>(some.size());
        for (Decided each : some) {
            outcomes.add(new Outcome<>(each.decision(), sequence(each)));
        }
        return outcomes;
    }

    /** Of the streams that have come to a round number of events. */
    private List<SideWrite> snapshots(List<NewEvent> events) {
        List<SideWrite> all = new ArrayList<>();
        Set<StreamId> due = new HashSet<>();
        for (NewEvent event : events) {
            if (event.sequence() % runtime.snapshotEvery() == 0
                    && event.sequence() > 0
                    && due.add(event.stream())) {
                Aggregate<?> aggregate = ongoing.aggregate(event.stream().toString());
                if (aggregate != null) {
                    aggregate
                            .invoke(root -> ((StreamAggregate) root).snapshot())
                            .ifPresent(snapshot ->
                                    all.add(SnapshotTable.save(event.stream(), snapshot)));
                }
            }
        }
        return all;
    }

    private void append(List<NewEvent> events, List<SideWrite> sideWrites) {
        if (events.isEmpty() && sideWrites.isEmpty()) {
            return;
        }
        try {
            pseqs = runtime.committer().append(events, sideWrites).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private List<CommandResult<?>> results(List<NewEvent> events) {
        List<CommandResult<?>> results = new ArrayList<>(decided.size());
        for (Decided each : decided) {
            results.add(
                    switch (each.decision()) {
                        case Decision.Refused<?>(Refusal refusal, String detail) ->
                                new CommandResult.Refused<>(refusal, detail);
                        case Decision.Accepted<?> accepted ->
                                new CommandResult.Committed<>(
                                        accepted.answer(), position(each, events), sequence(each));
                    });
        }
        return results;
    }

    private Position position(Decided each, List<NewEvent> events) {
        if (each.madeEvents()) {
            int last = each.eventsUpTo() - 1;
            return new Position(events.get(last).partition(), pseqs[last]);
        }
        if (each.earlier() != null) {
            return each.earlier();
        }
        StreamEnd end = ends.get(each.command().stream());
        int partition = runtime.partitioning().partitionOf(each.command().stream());
        return end != null
                ? end.position()
                : new Position(partition, runtime.committer().head(partition));
    }

    private long sequence(Decided each) {
        if (each.version() != null) {
            return each.version();
        }
        StreamEnd end = ends.get(each.command().stream());
        return end != null ? end.sequence() : CommandResult.Committed.UNKNOWN_SEQUENCE;
    }
}
