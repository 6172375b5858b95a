package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.OnceOnly;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.store.NewEvent;
import com.tokaify.ledger.command.store.Recorded;
import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.command.store.StreamEnd;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<OnceKey, Recorded> recorded = new HashMap<>();
    private final Map<OnceKey, NewEvent> justDecided = new HashMap<>();
    private final List<Decided> decided = new ArrayList<>();
    private final Map<StreamId, StreamEnd> ends = new HashMap<>();
    private long[] pseqs = {};

    Batch(LaneRuntime runtime) {
        this.runtime = runtime;
    }

    /** Decides, appends, and waits until that is durable. */
    List<CommandResult<?>> run(List<Work> works) {
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(null);
        try {
            List<CommandMessage<?>> messages =
                    works.stream().flatMap(work -> work.messages().stream()).toList();
            List<Optional<OnceKey>> keys = messages.stream().map(Batch::onceKey).toList();
            lookUpRecorded(keys);
            for (int i = 0; i < messages.size(); i++) {
                decided.add(decide(messages.get(i), keys.get(i)));
            }
            List<NewEvent> events = LaneEventStore.gathered();
            fenceWhatMadeNoEvents(events);
            List<SideWrite> sideWrites = sideWrites(works);
            unitOfWork.onCommit(_ -> append(events, sideWrites));
            unitOfWork.commit();
            return results(events);
        } catch (RuntimeException e) {
            if (unitOfWork.isActive()) {
                unitOfWork.rollback(e);
            }
            throw e;
        }
    }

    /** Hashed once for each command: it is asked for twice. */
    private static Optional<OnceKey> onceKey(CommandMessage<?> message) {
        return message.getPayload() instanceof OnceOnly<?> command
                ? Optional.of(command.onceKey())
                : Optional.empty();
    }

    private void lookUpRecorded(List<Optional<OnceKey>> keys) {
        Set<OnceKey> wanted = new HashSet<>();
        keys.forEach(key -> key.ifPresent(wanted::add));
        if (!wanted.isEmpty()) {
            recorded.putAll(runtime.table().recorded(wanted));
        }
    }

    private Decided decide(CommandMessage<?> message, Optional<OnceKey> onceKey) {
        LedgerCommand<?> command = (LedgerCommand<?>) message.getPayload();
        Position earlier = null;
        CommandMessage<?> told = message;
        if (command instanceof OnceOnly<?> once) {
            OnceKey key = onceKey.orElseThrow();
            Recorded before = recorded.get(key);
            NewEvent moment = justDecided.get(key);
            if (before != null) {
                earlier = before.position();
                told = GenericCommandMessage.asCommandMessage(once.afterEarlier(before.event()));
            } else if (moment != null) {
                told = GenericCommandMessage.asCommandMessage(once.afterEarlier(moment.event()));
            }
        }
        List<NewEvent> events = LaneEventStore.gathered();
        int from = events.size();
        Decision<?> decision = handle(told, command.stream());
        for (NewEvent event : events.subList(from, events.size())) {
            if (event.onceKey() != null) {
                justDecided.put(event.onceKey(), event);
            }
        }
        int upTo = events.size();
        Long version = upTo > from ? (Long) events.getLast().sequence() : version(command.stream());
        return new Decided(command, decision, earlier, from, upTo, version);
    }

    private @Nullable Long version(StreamId stream) {
        Aggregate<?> aggregate = runtime.living().getIfPresent(stream.toString());
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
            return notFound(stream);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(message.getCommandName() + " failed", e);
        }
    }

    private static Decision<?> notFound(StreamId stream) {
        return switch (stream) {
            case TokenId token ->
                    Decision.refuse(Refusal.TOKEN_NOT_FOUND, "There is no token " + token + ".");
            case AccountId account ->
                    Decision.refuse(
                            Refusal.ACCOUNT_NOT_FOUND, "There is no account " + account + ".");
            case CatalogId _ -> Decision.refuse(Refusal.GROUP_NOT_FOUND, "The catalog is empty.");
        };
    }

    private List<SideWrite> sideWrites(List<Work> works) {
        List<SideWrite> all = new ArrayList<>();
        int from = 0;
        for (Work work : works) {
            int to = from + work.messages().size();
            Map<Integer, Decision.Refused<?>> refused = new HashMap<>();
            for (int i = from; i < to; i++) {
                if (decided.get(i).decision() instanceof Decision.Refused<?> each) {
                    refused.put(i - from, each);
                }
            }
            all.addAll(work.sideWrites().apply(refused));
            from = to;
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
