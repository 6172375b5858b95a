package com.tokaify.ledger.audit.command;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.fold.FieldChange;
import com.tokaify.ledger.audit.fold.Moment;
import com.tokaify.ledger.audit.fold.TokenTimeline;
import com.tokaify.ledger.audit.report.Answer;
import com.tokaify.ledger.audit.report.Output;
import com.tokaify.ledger.audit.source.EventSource;
import com.tokaify.ledger.events.id.TokenId;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what happened to a token, who did it, and what it changed. */
@Command(
        name = "history",
        description = "What happened to a token: when, who, before and after.",
        mixinStandardHelpOptions = true)
public final class HistoryCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TOKEN", description = "tok_…")
    private @Nullable String token;

    @Option(
            names = "--from",
            paramLabel = "MOMENT",
            description = "The first event: its sequence, or an instant before it.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "MOMENT",
            description = "The last event: its sequence, or an instant behind it.")
    private @Nullable String to;

    @Mixin private Connections connections = new Connections();
    @Mixin private SourceChoice source = new SourceChoice();
    @Mixin private Output output = new Output();

    /**
     * One event.
     *
     * @param changes empty where nothing that is told of a token changed
     */
    record Item(
            long sequence,
            String position,
            String type,
            String recordedAt,
            String actor,
            String correlationId,
            List<FieldChange> changes) {

        private static Item of(LoggedEvent event, List<FieldChange> changes) {
            return new Item(
                    event.sequence(),
                    event.partition() + ":" + event.pseq(),
                    event.type(),
                    event.recordedAt(),
                    event.actor(),
                    event.correlationId(),
                    changes);
        }
    }

    /** Its events, in their order. */
    record History(String tokenId, List<Item> events) implements Answer {
        @Override
        public void print(PrintWriter out) {
            for (Item item : events) {
                out.println(
                        "%4d  %s  %s  by %s, request %s"
                                .formatted(
                                        item.sequence(),
                                        item.recordedAt(),
                                        Words.ofType(item.type()),
                                        item.actor(),
                                        item.correlationId()));
                item.changes().forEach(change -> out.println("      " + change));
            }
        }
    }

    @Override
    public Integer call() {
        String id = TokenId.parse(Objects.requireNonNull(token)).toString();
        try (EventSource events = source.open(connections)) {
            TokenTimeline timeline = TokenTimeline.read(events, id);
            int first = from == null ? 0 : first(timeline, Moment.parse("--from", from));
            int end = to == null ? timeline.steps().size() : timeline.end(Moment.parse("--to", to));
            List<Item> items = new ArrayList<>();
            for (int step = first; step < end; step++) {
                items.add(Item.of(timeline.steps().get(step).logged(), timeline.changes(step)));
            }
            output.print(new History(id, items));
        }
        return ExitCode.CLEAN;
    }

    /** Of an instant: the first event that was not in effect just before. */
    private static int first(TokenTimeline timeline, Moment from) {
        return switch (from) {
            case Moment.After(long sequence) -> (int) Math.min(sequence, timeline.steps().size());
            case Moment.At(Instant instant) ->
                    timeline.end(new Moment.At(instant.minusNanos(1_000)));
        };
    }
}
