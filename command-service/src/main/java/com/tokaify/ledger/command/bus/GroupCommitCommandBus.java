package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.decision.LedgerCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;

/**
 * Axon's command bus over lanes: commands go by the partition of their stream to the one thread
 * that decides for it, and are answered once their events are durable. Results are {@link
 * CommandResult}s. Thread-safe.
 */
public final class GroupCommitCommandBus implements CommandBus, AutoCloseable {
    private final LaneRuntime runtime;
    private final LedgerGate gate;
    private final CommandSpans spans;
    private final List<Lane> lanes;

    GroupCommitCommandBus(
            LaneRuntime runtime,
            LedgerGate gate,
            CommandSpans spans,
            int lanes,
            int queueCapacity) {
        this.runtime = runtime;
        this.gate = gate;
        this.spans = spans;
        this.lanes =
                IntStream.range(0, lanes)
                        .mapToObj(i -> new Lane(i, queueCapacity, runtime))
                        .toList();
    }

    @Override
    public <C> void dispatch(CommandMessage<C> command) {
        enqueue(Work.of(command), command);
    }

    @Override
    public <C, R> void dispatch(
            CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        Work work = Work.of(command);
        CompletableFuture<?> _ =
                work.results()
                        .whenComplete((results, failure) ->
                                callback.onResult(
                                        command,
                                        failure == null
                                                ? GenericCommandResultMessage
                                                        .asCommandResultMessage(results.getFirst())
                                                : GenericCommandResultMessage
                                                        .asCommandResultMessage(failure)));
        enqueue(work, command);
    }

    /**
     * Commands of one partition that are decided and stored together with what belongs to them,
     * such as the offset they were read at.
     *
     * @return one result for each command, or {@link LedgerUnavailable}
     */
    public CompletableFuture<List<CommandResult<?>>> submit(
            int partition, List<? extends LedgerCommand<?>> commands, WorkWrites writes) {
        List<CommandMessage<?>> messages = new ArrayList<>(commands.size());
        commands.forEach(command -> messages.add(spans.message(command)));
        Work work = Work.of(messages, writes);
        spans.endWith(work);
        enqueue(work, partition);
        return work.results();
    }

    /** The same for commands of one stream. */
    CompletableFuture<List<CommandResult<?>>> submit(
            List<? extends LedgerCommand<?>> commands, WorkWrites writes) {
        return submit(
                runtime.partitioning().partitionOf(commands.getFirst().stream()), commands, writes);
    }

    private void enqueue(Work work, CommandMessage<?> message) {
        LedgerCommand<?> command = (LedgerCommand<?>) message.getPayload();
        enqueue(work, runtime.partitioning().partitionOf(command.stream()));
    }

    private void enqueue(Work work, int partition) {
        try {
            gate.pass();
            if (!lanes.get(partition % lanes.size()).offer(work)) {
                throw new LedgerUnavailable("Too many commands wait already.", null);
            }
        } catch (LedgerUnavailable e) {
            runtime.counts().addUndecided(work.messages().size());
            work.results().completeExceptionally(e);
        }
    }

    /** How commands ended so far. */
    public CommandCounts counts() {
        return runtime.counts();
    }

    public int lanes() {
        return lanes.size();
    }

    /** Works that wait for a lane at this moment. */
    public int waiting(int lane) {
        return lanes.get(lane).waiting();
    }

    @Override
    public Registration subscribe(
            String commandName, MessageHandler<? super CommandMessage<?>> handler) {
        if (runtime.handlers().putIfAbsent(commandName, handler) != null) {
            throw new IllegalStateException("two aggregates handle " + commandName);
        }
        return () -> runtime.handlers().remove(commandName, handler);
    }

    @Override
    public Registration registerDispatchInterceptor(
            MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
        throw new UnsupportedOperationException("commands are decided exactly as they were sent");
    }

    @Override
    public Registration registerHandlerInterceptor(
            MessageHandlerInterceptor<? super CommandMessage<?>> interceptor) {
        throw new UnsupportedOperationException("commands are decided exactly as they were sent");
    }

    /** Finishes what waits in every lane. */
    @Override
    public void close() {
        lanes.forEach(Lane::close);
    }
}
