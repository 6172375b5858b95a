package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.store.SideWrite;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandMessage;

/**
 * Commands for one lane that are answered together.
 *
 * @param messages each with a ledger command as payload
 * @param sideWrites what else belongs in their transaction, given which commands, by their index,
 *     were refused
 */
record Work(
        List<CommandMessage<?>> messages,
        Function<Map<Integer, Decision.Refused<?>>, List<SideWrite>> sideWrites,
        CompletableFuture<List<CommandResult<?>>> results) {

    static Work of(
            List<CommandMessage<?>> messages,
            Function<Map<Integer, Decision.Refused<?>>, List<SideWrite>> sideWrites) {
        return new Work(messages, sideWrites, new CompletableFuture<>());
    }

    static Work of(CommandMessage<?> message) {
        return of(List.of(message), _ -> List.of());
    }
}
