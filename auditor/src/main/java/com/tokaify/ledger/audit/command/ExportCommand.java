package com.tokaify.ledger.audit.command;

import com.tokaify.ledger.audit.check.LogCheck;
import com.tokaify.ledger.audit.core.Checkpoint;
import com.tokaify.ledger.audit.core.Malformed;
import com.tokaify.ledger.audit.core.Note;
import com.tokaify.ledger.audit.core.VerifierKey;
import com.tokaify.ledger.audit.pack.AccountTokens;
import com.tokaify.ledger.audit.pack.PackWriter;
import com.tokaify.ledger.audit.report.Answer;
import com.tokaify.ledger.audit.report.Output;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.seal.LatestCheckpoint;
import com.tokaify.ledger.audit.seal.SealTables;
import com.tokaify.ledger.audit.source.SourceFailed;
import com.tokaify.ledger.audit.source.StoreSource;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes an evidence pack: events, and what proves them with every server off. */
@Command(
        name = "export",
        description = "Writes a file that proves the history of a token, an account or everything.",
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The pack to write, a ZIP.")
    private @Nullable Path file;

    @ArgGroup(multiplicity = "1")
    private @Nullable Scope scope;

    /** One of them. */
    static final class Scope {
        @Option(names = "--token", paramLabel = "ID", description = "A token's events.")
        private @Nullable String token;

        @Option(
                names = "--account",
                paramLabel = "ID",
                description = "An account's events and those of all its tokens.")
        private @Nullable String account;

        @Option(names = "--everything", description = "The whole log.")
        private boolean everything;
    }

    @Option(
            names = "--on",
            paramLabel = "FILE",
            description = "The checkpoint to prove by, a witness's for instance; else the latest.")
    private @Nullable Path on;

    @Option(
            names = "--kept",
            paramLabel = "FILE",
            description = "An older checkpoint the reader has, to be shown to be continued.")
    private @Nullable Path kept;

    @Mixin private final Connections connections = new Connections();

    @Mixin private final LogKey logKey = new LogKey();

    @Mixin private final Output output = new Output();

    record Exported(String file, String scope, long events, long tooNew, long size)
            implements Answer {
        @Override
        public void print(PrintWriter out) {
            out.printf(
                    Locale.ROOT,
                    "%s: %,d events of %s, proved by a log of %,d leaves%n",
                    file,
                    events,
                    scope,
                    size);
            if (tooNew > 0) {
                out.printf(Locale.ROOT, "%,d events are too new to be proved%n", tooNew);
            }
        }
    }

    @Override
    public Integer call() {
        VerifierKey key =
                logKey.key().orElseThrow(() -> new SourceFailed("a pack names its key: --key"));
        SealTables seals = SealTables.open(connections::openDatabase);
        String note = on == null ? LatestCheckpoint.of(seals) : read(on);
        LogCheck.kept(note, key, "the checkpoint to prove by");
        @Nullable Checkpoint before =
                kept == null ? null : LogCheck.kept(read(kept), key, kept.toString());
        try (StoreSource store = StoreSource.open(connections::openDatabase)) {
            PackWriter writer =
                    new PackWriter(store, seals, Note.parse(note), key, before, Instant.now());
            output.print(write(writer, seals));
            return ExitCode.CLEAN;
        } catch (Malformed e) {
            throw new SourceFailed("the log cannot be exported: " + e.why(), e);
        }
    }

    private Exported write(PackWriter writer, SealTables seals) {
        Path target = Objects.requireNonNull(file);
        Scope asked = Objects.requireNonNull(scope);
        String name;
        PackWriter.Written written;
        if (asked.everything) {
            name = "everything";
            try (Progress progress = output.progress("exporting", seals.leaves())) {
                written = writer.everything(target, progress);
            }
        } else if (asked.token != null) {
            name = TokenId.parse(asked.token).toString();
            written = writer.streams(target, name, List.of(name));
        } else {
            name = AccountId.parse(Objects.requireNonNull(asked.account)).toString();
            List<String> streams = new ArrayList<>(List.of(name));
            streams.addAll(AccountTokens.of(name, connections.openDatabase()));
            written = writer.streams(target, name, streams);
        }
        return new Exported(
                target.toString(), name, written.events(), written.tooNew(), written.size());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new SourceFailed("cannot read " + file, e);
        }
    }
}
