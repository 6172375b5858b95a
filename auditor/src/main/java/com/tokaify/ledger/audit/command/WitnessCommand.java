package com.tokaify.ledger.audit.command;

import com.tokaify.ledger.audit.core.VerifierKey;
import com.tokaify.ledger.audit.source.SourceFailed;
import com.tokaify.ledger.audit.witness.PublishedLog;
import com.tokaify.ledger.audit.witness.Seen;
import com.tokaify.ledger.audit.witness.SigningKey;
import com.tokaify.ledger.audit.witness.Witness;
import com.tokaify.ledger.audit.witness.WitnessStore;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Keeps and cosigns the checkpoints of a published log for as long as each continues the last. */
@Command(
        name = "witness",
        description = "Keeps and cosigns checkpoints, and refuses one that rewrites history.",
        mixinStandardHelpOptions = true)
public final class WitnessCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration MEANWHILE = Duration.ofSeconds(1);

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "Where the log is published: http://host:8082/v1/seals.")
    private @Nullable URI url;

    @Option(
            names = "--store",
            required = true,
            paramLabel = "DIR",
            description = "Keeps the checkpoint, the witness's key, and what was refused.")
    private @Nullable Path store;

    @Option(
            names = "--name",
            defaultValue = "witness",
            paramLabel = "NAME",
            description = "What the witness signs as; counts at its first start.")
    private String name = "witness";

    @Option(
            names = "--every",
            defaultValue = "10s",
            converter = Durations.class,
            paramLabel = "DURATION",
            description = "How long to wait between two looks (${DEFAULT-VALUE}).")
    private Duration every = Duration.ofSeconds(10);

    @Option(names = "--once", description = "Look once and end.")
    private boolean once;

    @Mixin private final LogKey logKey = new LogKey();

    @Spec private @Nullable CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Objects.requireNonNull(command).commandLine().getOut();
        WitnessStore kept = WitnessStore.at(Objects.requireNonNull(store));
        VerifierKey key = trusted(kept);
        SigningKey own = kept.ownKey(name);
        out.println("witness " + own.verifier() + " of " + key.name());
        try (PublishedLog log = new PublishedLog(Objects.requireNonNull(url))) {
            Witness witness = new Witness(log, key, kept, own, InstantSource.system(), PATIENCE);
            while (true) {
                Seen seen = look(witness);
                if (seen instanceof Seen.Refused) {
                    return ExitCode.FINDINGS;
                }
                if (once && !(seen instanceof Seen.Behind)) {
                    return ExitCode.CLEAN;
                }
                Thread.sleep(once ? MEANWHILE : every);
            }
        }
    }

    /** The key is believed the first time it is given; another one later is not. */
    private VerifierKey trusted(WitnessStore kept) {
        Optional<VerifierKey> before = kept.logKey();
        VerifierKey given =
                logKey.key()
                        .or(() -> before)
                        .orElseThrow(() ->
                                new SourceFailed("the first start needs the log's key: --key"));
        if (before.isEmpty()) {
            kept.keepLogKey(given);
        } else if (!before.get().equals(given)) {
            throw new SourceFailed("this store is of " + before.get() + " and not of " + given);
        }
        return given;
    }

    /** A log that cannot be reached is tried again, unless it was to be looked at once. */
    private @Nullable Seen look(Witness witness) {
        CommandSpec spec = Objects.requireNonNull(command);
        PrintWriter out = spec.commandLine().getOut();
        try {
            Seen seen = witness.look();
            switch (seen) {
                case Seen.First(long size) -> out.println("kept the first checkpoint: " + size);
                case Seen.Continued(long from, long size) ->
                        out.println("kept " + size + ", which continues " + from);
                case Seen.Unchanged _ -> {}
                case Seen.Behind(long before, long size) ->
                        out.println(
                                "shown " + size + " leaves after " + before + ", looking again");
                case Seen.Refused(String why) ->
                        spec.commandLine().getErr().println("REFUSED: " + why);
            }
            return seen;
        } catch (SourceFailed e) {
            if (once) {
                throw e;
            }
            spec.commandLine().getErr().println("audit: " + e.getMessage());
            return null;
        }
    }
}
