package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.store.NewEvent;
import com.tokaify.ledger.events.kafka.TraceParent;
import com.tokaify.ledger.service.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.jspecify.annotations.Nullable;

/**
 * The span of a command whose request is traced: from when it is sent to its lane until it is
 * durable, or refused, or nobody knows. It goes with the command's message, and its place in the
 * trace with the events the command makes. All other commands pass as they are. Thread-safe.
 */
final class CommandSpans {
    private static final String SPAN = "span";
    private static final AttributeKey<List<String>> EVENTS =
            AttributeKey.stringArrayKey("ledger.events");
    private static final String COMMAND = "ledger.command";
    private static final String STREAM = "ledger.stream";
    private static final String OUTCOME = "ledger.outcome";
    private static final String POSITION = "ledger.position";

    private final Tracing tracing;

    CommandSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /** The message of a command of the request this thread works on. */
    CommandMessage<?> message(LedgerCommand<?> command) {
        CommandMessage<?> message = GenericCommandMessage.asCommandMessage(command);
        Optional<TraceParent> cause = tracing.here();
        return cause.isEmpty()
                ? message
                : message.andMetaData(Map.of(SPAN, begin(command, cause.get())));
    }

    private Span begin(LedgerCommand<?> command, TraceParent cause) {
        String name = command.getClass().getSimpleName();
        return tracing.span("decide " + name, cause)
                .setAttribute(COMMAND, name)
                .setAttribute(STREAM, command.stream().toString())
                .startSpan();
    }

    private static @Nullable Span of(CommandMessage<?> message) {
        return (Span) message.getMetaData().get(SPAN);
    }

    /** Where in a trace the events of a command belong; null where it is not traced. */
    static @Nullable TraceParent placeOf(CommandMessage<?> message) {
        Span span = of(message);
        return span == null ? null : Tracing.placeOf(span).orElse(null);
    }

    /** What was decided, which holds unless it is decided anew. */
    static void decided(CommandMessage<?> message, List<NewEvent> events) {
        Span span = of(message);
        if (span != null) {
            span.setAttribute(EVENTS, events.stream().map(event -> event.type().ceType()).toList());
        }
    }

    /** Ends the spans of commands with what becomes of them. */
    void endWith(Work work) {
        if (tracing.isOn() && work.messages().stream().anyMatch(message -> of(message) != null)) {
            CompletableFuture<?> _ =
                    work.results()
                            .whenComplete(
                                    (results, failure) -> end(work.messages(), results, failure));
        }
    }

    private static void end(
            List<CommandMessage<?>> messages,
            @Nullable List<CommandResult<?>> results,
            @Nullable Throwable failure) {
        for (int i = 0; i < messages.size(); i++) {
            Span span = of(messages.get(i));
            if (span == null) {
                continue;
            }
            if (results == null) {
                span.setStatus(StatusCode.ERROR).setAttribute(OUTCOME, "UNDECIDED");
                if (failure != null) {
                    span.setAttribute("error.type", failure.getClass().getName());
                }
            } else {
                tell(span, results.get(i));
            }
            span.end();
        }
    }

    private static void tell(Span span, CommandResult<?> result) {
        switch (result) {
            case CommandResult.Committed<?> committed ->
                    span.setAttribute(OUTCOME, "COMMITTED")
                            .setAttribute(POSITION, committed.position().toString());
            case CommandResult.Refused<?> refused ->
                    span.setAttribute(OUTCOME, refused.refusal().name());
        }
    }
}
