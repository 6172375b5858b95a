package com.tokaify.ledger.audit.command;

import com.tokaify.ledger.audit.check.BooksCheck;
import com.tokaify.ledger.audit.check.CheckFactory;
import com.tokaify.ledger.audit.check.Due;
import com.tokaify.ledger.audit.check.LeafCheck;
import com.tokaify.ledger.audit.check.LogCheck;
import com.tokaify.ledger.audit.check.MirrorCheck;
import com.tokaify.ledger.audit.check.Pass;
import com.tokaify.ledger.audit.check.PositionCheck;
import com.tokaify.ledger.audit.check.PublishedSealsCheck;
import com.tokaify.ledger.audit.check.StreamCheck;
import com.tokaify.ledger.audit.check.ViewsCheck;
import com.tokaify.ledger.audit.core.Checkpoint;
import com.tokaify.ledger.audit.core.VerifierKey;
import com.tokaify.ledger.audit.finding.Finding;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.report.Answer;
import com.tokaify.ledger.audit.report.Output;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.seal.PublishedSeals;
import com.tokaify.ledger.audit.seal.SealTables;
import com.tokaify.ledger.audit.source.AllPartitions;
import com.tokaify.ledger.audit.source.KafkaSource;
import com.tokaify.ledger.audit.source.SourceFailed;
import com.tokaify.ledger.audit.source.StoreSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Holds everything a ledger has against everything else it has. What follows the store is opened
 * before it, so that a ledger at work is verified as it was at one moment.
 */
@Command(
        name = "verify",
        description = {
            "Verifies a whole ledger: positions, Kafka, seals, signatures, books and views.",
            "What is not given is not verified, and the answer says so."
        },
        mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
    @Mixin private final Connections connections = new Connections();

    @Mixin private final LogKey logKey = new LogKey();

    @Mixin private final Output output = new Output();

    @Option(
            names = "--max-lag",
            defaultValue = "60s",
            converter = Durations.class,
            paramLabel = "DURATION",
            description =
                    "How old an event may be that Kafka or the seals lack (${DEFAULT-VALUE}).")
    private Duration maxLag = Duration.ofSeconds(60);

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "A checkpoint that was kept, which the log must continue; any number.")
    private List<Path> kept = new ArrayList<>();

    /**
     * @param unverified what was not looked at, since it was not given
     */
    record Verified(
            long events,
            long leaves,
            long checkpoints,
            long millis,
            List<String> unverified,
            long findingCount,
            List<Finding> findings)
            implements Answer {
        @Override
        public void print(PrintWriter out) {
            out.printf(
                    Locale.ROOT,
                    "%,d events, %,d sealed under %,d checkpoints, in %.1f s%n",
                    events,
                    leaves,
                    checkpoints,
                    millis / 1e3);
            unverified.forEach(each -> out.println("not verified: " + each));
            FoundLines.print(findings, findingCount, out);
        }
    }

    @Override
    public Integer call() {
        long begin = System.nanoTime();
        Due due = new Due(Instant.now().minus(maxLag));
        Findings findings = new Findings();
        List<String> unverified = new ArrayList<>();
        @Nullable VerifierKey key = logKey.key().orElse(null);
        if (key == null) {
            unverified.add("signatures of checkpoints, without " + LogKey.KEY);
        }
        List<Checkpoint> mine = kept.stream().map(file -> read(file, key)).toList();
        try (ViewsCheck views = views(unverified);
                KafkaSource kafka = kafka(unverified);
                PublishedSeals published =
                        kafka == null ? null : PublishedSeals.open(connections.kafka())) {
            SealTables seals = SealTables.open(connections::openDatabase);
            try (StoreSource store = StoreSource.open(connections::openDatabase);
                    LeafCheck leaves = new LeafCheck(seals, due);
                    MirrorCheck mirror = kafka == null ? null : new MirrorCheck(kafka, due)) {
                List<CheckFactory> checks = new ArrayList<>();
                checks.add(PositionCheck.over(store));
                checks.add(StreamCheck.of(store.partitions()));
                checks.add(leaves);
                if (mirror != null) {
                    checks.add(mirror);
                }
                BooksCheck books = views == null ? new BooksCheck() : new BooksCheck(views::mark);
                checks.add(books);
                long events;
                try (Progress progress =
                        output.progress("verifying events", AllPartitions.events(store))) {
                    events = new Pass(store, checks, findings, progress).run(store.readers());
                }
                if (views != null) {
                    views.compare(books.atMark(), findings);
                }
                long checkpoints;
                try (Progress progress = output.progress("verifying the log", seals.leaves())) {
                    checkpoints = new LogCheck(seals, key, mine, findings).run(progress);
                }
                if (published != null) {
                    new PublishedSealsCheck(published, due, findings).run(seals);
                }
                output.print(
                        new Verified(
                                events,
                                seals.leaves(),
                                checkpoints,
                                (System.nanoTime() - begin) / 1_000_000,
                                unverified,
                                findings.count(),
                                findings.first()));
            }
        }
        return findings.count() == 0 ? ExitCode.CLEAN : ExitCode.FINDINGS;
    }

    private @Nullable ViewsCheck views(List<String> unverified) {
        if (connections.hasQueryDatabase()) {
            return ViewsCheck.open(connections.openQueryDatabase());
        }
        unverified.add("what queries are answered, without " + Connections.QUERY_DATABASE);
        return null;
    }

    private @Nullable KafkaSource kafka(List<String> unverified) {
        if (connections.hasKafka()) {
            return KafkaSource.open(connections.kafka());
        }
        unverified.add("what lies on Kafka, without " + Connections.KAFKA);
        return null;
    }

    private static Checkpoint read(Path file, @Nullable VerifierKey key) {
        if (key == null) {
            throw new SourceFailed("a kept checkpoint is worth nothing without " + LogKey.KEY);
        }
        try {
            return LogCheck.kept(Files.readString(file), key, file.toString());
        } catch (IOException e) {
            throw new SourceFailed("cannot read " + file, e);
        }
    }
}
