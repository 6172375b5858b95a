package com.tokaify.ledger.command.bus;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.CommandMessage;

/**
 * Commands for one lane that are answered together.
 *
 * @param messages each with a ledger command as payload
 */
record Work(
        List<CommandMessage<?>> messages,
        WorkWrites writes,
        CompletableFuture<List<CommandResult<?>>> results) {

    static Work of(List<CommandMessage<?>> messages, WorkWrites writes) {
        return new Work(messages, writes, new CompletableFuture<>());
    }

    static Work of(CommandMessage<?> message) {
        return of(List.of(message), WorkWrites.NONE);
    }
}
