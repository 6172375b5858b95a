package com.tokaify.ledger.audit.command;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.audit.fold.FieldChange;
import com.tokaify.ledger.audit.fold.Moment;
import com.tokaify.ledger.audit.fold.TokenThen;
import com.tokaify.ledger.audit.fold.TokenTimeline;
import com.tokaify.ledger.audit.report.Answer;
import com.tokaify.ledger.audit.report.Output;
import com.tokaify.ledger.audit.source.EventSource;
import com.tokaify.ledger.events.id.TokenId;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what a token was at a moment. */
@Command(
        name = "state",
        description = "What a token was at an instant, or after one of its events.",
        mixinStandardHelpOptions = true)
public final class StateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TOKEN", description = "tok_…")
    private @Nullable String token;

    @Option(
            names = "--as-of",
            paramLabel = "MOMENT",
            required = true,
            description = "An instant, e.g. 2026-11-25T08:00:00Z, or the sequence of an event.")
    private String asOf = "";

    @Mixin private Connections connections = new Connections();
    @Mixin private SourceChoice source = new SourceChoice();
    @Mixin private Output output = new Output();

    /** The token, field by field. */
    record State(@JsonValue TokenThen token) implements Answer {
        @Override
        public void print(PrintWriter out) {
            FieldChange.between(null, token)
                    .forEach(field ->
                            out.println(
                                    "%-16s %s"
                                            .formatted(
                                                    field.field(),
                                                    FieldChange.shown(field.after()))));
        }
    }

    @Override
    public Integer call() {
        String id = TokenId.parse(Objects.requireNonNull(token)).toString();
        Moment moment = Moment.parse("--as-of", asOf);
        try (EventSource events = source.open(connections)) {
            TokenTimeline.Step step = TokenTimeline.read(events, id).at(moment);
            output.print(new State(TokenThen.of(step.after(), instant(moment, step))));
        }
        return ExitCode.CLEAN;
    }

    /** Of a sequence: when its event was in effect. */
    static Instant instant(Moment moment, TokenTimeline.Step step) {
        return switch (moment) {
            case Moment.At(Instant instant) -> instant;
            case Moment.After _ -> step.effectiveAt();
        };
    }
}
