package com.tokaify.ledger.audit.command;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.audit.decision.Cause;
import com.tokaify.ledger.audit.decision.Decision;
import com.tokaify.ledger.audit.decision.Decision.JudgedCheck;
import com.tokaify.ledger.audit.fold.Moment;
import com.tokaify.ledger.audit.report.Answer;
import com.tokaify.ledger.audit.report.Output;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.source.AllPartitions;
import com.tokaify.ledger.audit.source.EventSource;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.rules.Check;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells why a call was allowed or refused. */
@Command(
        name = "why",
        description = "Why a call of a token was allowed or refused, and by which events.",
        mixinStandardHelpOptions = true)
public final class WhyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TOKEN", description = "tok_…")
    private @Nullable String token;

    @Option(
            names = "--at",
            paramLabel = "MOMENT",
            required = true,
            description = "When it came: an instant, or the sequence of an event of the token.")
    private String at = "";

    @Option(names = "--model", paramLabel = "MODEL", description = "The model it named.")
    private @Nullable String model;

    @Option(names = "--ip", paramLabel = "ADDRESS", description = "Where it came from.")
    private @Nullable String ip;

    @Option(
            names = "--amount",
            paramLabel = "UNITS",
            description = "What it was to cost; without it, whether anything was left at all.")
    private @Nullable Long amount;

    @Mixin private Connections connections = new Connections();
    @Mixin private SourceChoice source = new SourceChoice();
    @Mixin private Output output = new Output();

    /** The decision, check by check. */
    record Why(@JsonValue Decision decision) implements Answer {
        @Override
        public void print(PrintWriter out) {
            out.println(decision.code() + ": " + decision.message());
            for (JudgedCheck check : decision.checks()) {
                out.println(
                        "  %s %-22s %s"
                                .formatted(
                                        check.passed() ? "ok" : "NO",
                                        check.check(),
                                        check.message()));
                check.causes().forEach(cause -> out.println("     " + line(cause)));
                if (check.remedy() != null) {
                    out.println("     " + check.remedy());
                }
            }
        }

        private static String line(Cause cause) {
            return "because of %s %s:%d at %s, %s, by %s, request %s"
                    .formatted(
                            Words.ofType(cause.type()),
                            cause.stream(),
                            cause.sequence(),
                            cause.position(),
                            cause.recordedAt(),
                            cause.actor(),
                            cause.correlationId());
        }
    }

    @Override
    public Integer call() {
        String id = TokenId.parse(Objects.requireNonNull(token)).toString();
        Moment moment = Moment.parse("--at", at);
        Check check = new Check(model, ip == null ? null : IpAddress.parse("--ip", ip), amount);
        try (EventSource events = source.open(connections);
                Progress progress =
                        output.progress(
                                "adding up " + events.name(), AllPartitions.events(events))) {
            output.print(new Why(Decision.of(events, id, moment, check, progress)));
        }
        return ExitCode.CLEAN;
    }
}
