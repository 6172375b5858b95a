package com.tokaify.ledger.audit.command;

import com.tokaify.ledger.audit.check.BooksCheck;
import com.tokaify.ledger.audit.check.LogCheck;
import com.tokaify.ledger.audit.check.Pass;
import com.tokaify.ledger.audit.core.Checkpoint;
import com.tokaify.ledger.audit.core.VerifierKey;
import com.tokaify.ledger.audit.finding.Finding;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.fold.AccountSums;
import com.tokaify.ledger.audit.fold.Ledger;
import com.tokaify.ledger.audit.pack.Evidence;
import com.tokaify.ledger.audit.pack.PackCheck;
import com.tokaify.ledger.audit.report.Answer;
import com.tokaify.ledger.audit.report.Output;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.source.SourceFailed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies an evidence pack, with every server off. */
@Command(
        name = "verify-export",
        description = "Verifies a file that export wrote, with nothing but the file and a key.",
        mixinStandardHelpOptions = true)
public final class VerifyExportCommand implements Callable<Integer> {
    /** Events of a pack are folded in memory. */
    private static final long MOST_FOLDED = 1_000_000;

    @Parameters(paramLabel = "FILE", description = "The pack.")
    private @Nullable Path file;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "A checkpoint that was kept, which the pack's log must continue.")
    private @Nullable Path kept;

    @Mixin private final LogKey logKey = new LogKey();

    @Mixin private final Output output = new Output();

    /**
     * What the pack's events come to, in units.
     *
     * @param tokens that the pack has the history of
     */
    record Books(long tokens, long accounts, long credited, long adjusted, long consumed) {
        private static Books of(Ledger ledger) {
            AccountSums sums =
                    ledger.sums().values().stream().reduce(AccountSums.ZERO, AccountSums::plus);
            return new Books(
                    ledger.tokens().size(),
                    ledger.accounts().size(),
                    sums.credited(),
                    sums.adjusted(),
                    sums.consumed());
        }
    }

    /**
     * @param books null where the pack does not hold, or is too large to be folded in memory
     */
    record VerifiedPack(
            String scope,
            String madeAt,
            long events,
            long size,
            @Nullable Books books,
            long findingCount,
            List<Finding> findings)
            implements Answer {
        @Override
        public void print(PrintWriter out) {
            out.printf(
                    Locale.ROOT,
                    "%,d events of %s, by a log of %,d leaves, exported at %s%n",
                    events,
                    scope,
                    size,
                    madeAt);
            if (books != null) {
                out.printf(
                        Locale.ROOT,
                        "%,d tokens, %,d accounts: %,d units credited, %,d adjusted, %,d consumed%n",
                        books.tokens(),
                        books.accounts(),
                        books.credited(),
                        books.adjusted(),
                        books.consumed());
            }
            FoundLines.print(findings, findingCount, out);
        }
    }

    @Override
    public Integer call() {
        VerifierKey key =
                logKey.key()
                        .orElseThrow(() ->
                                new SourceFailed(
                                        "whose log it is must be known from elsewhere:"
                                                + " --key"));
        Findings findings = new Findings();
        try (Evidence evidence = Evidence.open(Objects.requireNonNull(file))) {
            PackCheck check = new PackCheck(evidence, key, kept(key), findings);
            long events = check.run();
            @Nullable Books books =
                    findings.count() == 0 ? books(evidence, events, findings) : null;
            output.print(
                    new VerifiedPack(
                            evidence.scope(),
                            evidence.manifest().madeAt(),
                            events,
                            check.size(),
                            books,
                            findings.count(),
                            findings.first()));
        }
        return findings.count() == 0 ? ExitCode.CLEAN : ExitCode.FINDINGS;
    }

    /** What was proved may still not add up: it is held against itself as a ledger is. */
    private static @Nullable Books books(Evidence evidence, long events, Findings findings) {
        if (events > MOST_FOLDED) {
            return null;
        }
        BooksCheck books = new BooksCheck();
        new Pass(evidence, List.of(books), findings, Progress.UNSEEN).run(1);
        return Books.of(books.ledger());
    }

    private @Nullable Checkpoint kept(VerifierKey key) {
        if (kept == null) {
            return null;
        }
        try {
            return LogCheck.kept(Files.readString(kept), key, kept.toString());
        } catch (IOException e) {
            throw new SourceFailed("cannot read " + kept, e);
        }
    }
}
