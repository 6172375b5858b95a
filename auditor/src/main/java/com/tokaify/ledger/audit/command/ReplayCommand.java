package com.tokaify.ledger.audit.command;

import com.tokaify.ledger.audit.check.Replay;
import com.tokaify.ledger.audit.finding.Finding;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.fold.AccountSums;
import com.tokaify.ledger.audit.fold.Ledger;
import com.tokaify.ledger.audit.fold.Moment;
import com.tokaify.ledger.audit.fold.StateDigest;
import com.tokaify.ledger.audit.fold.TokenState;
import com.tokaify.ledger.audit.report.Answer;
import com.tokaify.ledger.audit.report.Output;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.source.AllPartitions;
import com.tokaify.ledger.audit.source.EventSource;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Folds everything that ever happened, and tells what it comes to. */
@Command(
        name = "replay",
        description = "Folds the whole ledger: totals, and a digest of what it comes to.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description = "Leave out what was not in effect by then.")
    private @Nullable String asOf;

    @Mixin private Connections connections = new Connections();
    @Mixin private SourceChoice source = new SourceChoice();
    @Mixin private Output output = new Output();

    /**
     * @param bytes of payloads
     * @param digest see {@link StateDigest}
     * @param findings the first of them
     */
    record Replayed(
            String source,
            int partitions,
            long events,
            long bytes,
            long tokens,
            long deletedTokens,
            long accounts,
            long credited,
            long adjusted,
            long consumed,
            double seconds,
            long eventsPerSecond,
            String digest,
            long findingCount,
            List<Finding> findings)
            implements Answer {

        private static Replayed of(EventSource source, Replay replay, Findings findings) {
            Ledger ledger = replay.ledger();
            AccountSums sums =
                    ledger.sums().values().stream().reduce(AccountSums.ZERO, AccountSums::plus);
            double seconds = replay.took().toNanos() / 1e9;
            return new Replayed(
                    source.name(),
                    source.partitions(),
                    replay.events(),
                    replay.bytes(),
                    ledger.tokens().size(),
                    ledger.tokens().values().stream()
                            .filter(TokenState.Deleted.class::isInstance)
                            .count(),
                    ledger.accounts().size(),
                    sums.credited(),
                    sums.adjusted(),
                    sums.consumed(),
                    seconds,
                    Math.round(replay.events() / seconds),
                    StateDigest.of(ledger),
                    findings.count(),
                    findings.first());
        }

        @Override
        public void print(PrintWriter out) {
            out.printf(
                    Locale.ROOT,
                    "%,d events of %s in %d partitions, %.1f MB, in %.1f s: %,d/s%n",
                    events,
                    source,
                    partitions,
                    bytes / 1e6,
                    seconds,
                    eventsPerSecond);
            out.printf(
                    Locale.ROOT,
                    "%,d tokens, of which %,d are deleted, of %,d accounts%n",
                    tokens,
                    deletedTokens,
                    accounts);
            out.printf(
                    Locale.ROOT,
                    "%,d units credited, %,d adjusted, %,d consumed%n",
                    credited,
                    adjusted,
                    consumed);
            out.println("digest " + digest);
            findings.forEach(finding ->
                    out.println(finding.kind() + " " + finding.where() + ": " + finding.what()));
            if (findingCount > 0) {
                out.printf(Locale.ROOT, "%,d findings%n", findingCount);
            }
        }
    }

    @Override
    public Integer call() {
        Findings findings = new Findings();
        try (EventSource events = source.open(connections);
                Progress progress =
                        output.progress(
                                "replaying " + events.name(), AllPartitions.events(events))) {
            Replay replay =
                    Replay.upTo(
                            events,
                            asOf == null ? null : Moment.instant("--as-of", asOf),
                            findings,
                            progress);
            output.print(Replayed.of(events, replay, findings));
        }
        return findings.count() == 0 ? ExitCode.CLEAN : ExitCode.FINDINGS;
    }
}
