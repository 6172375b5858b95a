package com.tokaify.ledger.query.seal;

import com.tokaify.ledger.seals.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key that verifies the log's checkpoints. Where a file is named that is not there yet, it is
 * looked for again: command-service makes it at its first start. Thread-safe.
 */
final class PublishedKey {
    private final String setting;
    private volatile @Nullable VerifierKey known;

    PublishedKey(SealSettings settings) {
        this.setting = settings.verifierKey().strip();
    }

    /** Whether checkpoints are to be verified at all. */
    boolean isWanted() {
        return !setting.isEmpty();
    }

    /**
     * Empty where there is none, or not yet.
     *
     * @throws IllegalArgumentException where there is something else in its place
     */
    Optional<VerifierKey> get() {
        if (known == null && isWanted()) {
            known = read();
        }
        return Optional.ofNullable(known);
    }

    /** A key has two plus signs; so has hardly any file. */
    private @Nullable VerifierKey read() {
        if (setting.indexOf('+') != setting.lastIndexOf('+')) {
            return VerifierKey.parse(setting);
        }
        try {
            return VerifierKey.parse(Files.readString(Path.of(setting)).strip());
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
