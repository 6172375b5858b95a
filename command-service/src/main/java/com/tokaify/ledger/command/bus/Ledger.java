package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.store.SideWrite;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Sends commands, with their answers typed. The door through which everybody but the intake comes.
 * Thread-safe.
 */
public final class Ledger {
    private final GroupCommitCommandBus bus;

    public Ledger(GroupCommitCommandBus bus) {
        this.bus = bus;
    }

    /**
     * @return completes once the result is durable, or with {@link LedgerUnavailable}
     */
    public <A> CompletableFuture<CommandResult<A>> send(LedgerCommand<A> command) {
        return send(command, _ -> List.of());
    }

    /**
     * Sends a command with what belongs in its transaction.
     *
     * @param writes given what became of the command; called again where it is decided anew
     * @return completes once the result is durable, or with {@link LedgerUnavailable}
     */
    public <A> CompletableFuture<CommandResult<A>> send(
            LedgerCommand<A> command, Function<Outcome<A>, List<SideWrite>> writes) {
        @SuppressWarnings("unchecked") // the one outcome of a command is of that command's type
        WorkWrites typedWrites = outcomes -> writes.apply((Outcome<A>) outcomes.getFirst());
        @SuppressWarnings("unchecked") // and so is its one result
        CompletableFuture<CommandResult<A>> result =
                bus.submit(List.of(command), typedWrites)
                        .thenApply(results -> (CommandResult<A>) results.getFirst());
        return result;
    }
}
