package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.decision.LedgerCommand;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;

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
        CompletableFuture<CommandResult<A>> result = new CompletableFuture<>();
        CommandMessage<LedgerCommand<A>> message = GenericCommandMessage.asCommandMessage(command);
        bus.<LedgerCommand<A>, CommandResult<A>>dispatch(
                message,
                (_, answer) -> {
                    if (answer.isExceptional()) {
                        result.completeExceptionally(answer.exceptionResult());
                    } else {
                        @SuppressWarnings(
                                "unchecked") // the command's handler answers with the command's A
                        CommandResult<A> typed = (CommandResult<A>) answer.getPayload();
                        result.complete(typed);
                    }
                });
        return result;
    }
}
