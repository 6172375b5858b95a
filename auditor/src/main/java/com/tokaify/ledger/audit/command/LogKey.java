package com.tokaify.ledger.audit.command;

import com.tokaify.ledger.audit.core.Malformed;
import com.tokaify.ledger.audit.core.VerifierKey;
import com.tokaify.ledger.audit.source.SourceFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The key of a log, for commands that look at signatures. */
final class LogKey {
    static final String KEY = "--key";

    @Option(
            names = KEY,
            paramLabel = "KEY|FILE",
            description =
                    "The key seals are verified with, or a file that holds it"
                            + " (LEDGER_SEAL_VERIFIER_KEY).")
    private @Nullable String key;

    /**
     * @throws SourceFailed where what is given is not a key
     */
    Optional<VerifierKey> key() {
        return Optional.ofNullable(key).map(LogKey::textOf).map(LogKey::parse);
    }

    private static VerifierKey parse(String text) {
        try {
            return VerifierKey.parse(text.strip());
        } catch (Malformed e) {
            throw new SourceFailed("no key of a log: " + e.why(), e);
        }
    }

    private static String textOf(String keyOrFile) {
        try {
            Path file = Path.of(keyOrFile);
            return Files.isRegularFile(file) ? Files.readString(file) : keyOrFile;
        } catch (InvalidPathException _) {
            return keyOrFile;
        } catch (IOException e) {
            throw new SourceFailed("cannot read " + keyOrFile, e);
        }
    }
}
