package com.tokaify.ledger.audit.command;

import com.tokaify.ledger.audit.check.Replay;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.fold.FieldChange;
import com.tokaify.ledger.audit.fold.Ledger;
import com.tokaify.ledger.audit.fold.LedgerDifference;
import com.tokaify.ledger.audit.fold.Moment;
import com.tokaify.ledger.audit.report.Answer;
import com.tokaify.ledger.audit.report.Output;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.source.AllPartitions;
import com.tokaify.ledger.audit.source.EventSource;
import com.tokaify.ledger.audit.source.KafkaSource;
import com.tokaify.ledger.audit.source.StoreSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Folds two ledgers, or one at two instants, and tells what is not the same. */
@Command(
        name = "compare",
        description = "What differs between two replays, stream by stream and field by field.",
        mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
    private static final int SHOWN = 1_000;

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "store, kafka or a file; @INSTANT behind it is what was then.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "B", description = "The same of the other.")
    private String second = "";

    @Mixin private Connections connections = new Connections();
    @Mixin private Output output = new Output();

    /** One side, as it is written: {@code store@2026-11-30T08:00:00Z}. */
    private record Side(String source, @Nullable Instant instant) {
        private static Side parse(String text) {
            int at = text.lastIndexOf('@');
            return at < 0
                    ? new Side(text, null)
                    : new Side(
                            text.substring(0, at),
                            Moment.instant("what is compared", text.substring(at + 1)));
        }

        private EventSource open(Connections connections) {
            return switch (source) {
                case "store" -> StoreSource.open(connections::openDatabase);
                case "kafka" -> KafkaSource.open(connections.kafka());
                default -> EventFile.open(Path.of(source));
            };
        }
    }

    /**
     * @param findings how many events made no sense and were left out, on either side
     * @param differences the first thousand
     */
    record Compared(
            String a,
            String b,
            long streams,
            long findings,
            long differenceCount,
            List<LedgerDifference> differences)
            implements Answer {
        @Override
        public void print(PrintWriter out) {
            for (LedgerDifference difference : differences) {
                out.println(difference.stream());
                for (FieldChange field : difference.fields()) {
                    out.println("      " + field);
                }
            }
            out.printf(
                    Locale.ROOT,
                    "%,d of %,d streams differ between %s and %s%n",
                    differenceCount,
                    streams,
                    a,
                    b);
            if (findings > 0) {
                out.printf(Locale.ROOT, "%,d events made no sense, see verify%n", findings);
            }
        }
    }

    @Override
    public Integer call() {
        Side a = Side.parse(first);
        Side b = Side.parse(second);
        Findings findings = new Findings();
        try (EventSource sourceA = a.open(connections);
                EventSource sourceB = b.open(connections)) {
            // Of a ledger that goes on, one is always opened later: both end where the first does.
            IntToLongFunction common =
                    a.instant() == null && b.instant() == null
                            ? partition ->
                                    Math.min(end(sourceA, partition), end(sourceB, partition))
                            : _ -> Long.MAX_VALUE;
            Ledger ledgerA = replay(sourceA, a, common, findings);
            Ledger ledgerB = replay(sourceB, b, common, findings);
            List<LedgerDifference> differences = LedgerDifference.between(ledgerA, ledgerB);
            output.print(
                    new Compared(
                            first,
                            second,
                            LedgerDifference.streams(ledgerA, ledgerB),
                            findings.count(),
                            differences.size(),
                            differences.subList(0, Math.min(SHOWN, differences.size()))));
            return differences.isEmpty() && findings.count() == 0
                    ? ExitCode.CLEAN
                    : ExitCode.FINDINGS;
        }
    }

    private static long end(EventSource source, int partition) {
        return partition < source.partitions() ? source.end(partition) : 0;
    }

    private Ledger replay(
            EventSource source, Side side, IntToLongFunction common, Findings findings) {
        try (Progress progress =
                output.progress("replaying " + source.name(), AllPartitions.events(source))) {
            Replay replay =
                    side.instant() == null
                            ? Replay.upTo(source, common, findings, progress)
                            : Replay.upTo(source, side.instant(), findings, progress);
            return replay.ledger();
        }
    }
}
