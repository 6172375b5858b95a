package com.tokaify.ledger.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process it is: its number together with the instant it started, since numbers are given out
 * again. Kept in a file while the process is wanted, so that a supervisor that starts after its
 * predecessor was killed recognises the children left behind and nobody else's process.
 */
public record ProcessRecord(long pid, Instant startedAt, StopSignal stopSignal) {
    /**
     * Linux tells start times relative to a boot time that shifts by up to a second when the clock
     * is corrected. A number does not come round again within two.
     */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    public static ProcessRecord of(ProcessHandle process, StopSignal stopSignal) {
        // Empty only where the process has already ended: then nothing will be recognised by it.
        Instant startedAt = process.info().startInstant().orElse(Instant.EPOCH);
        return new ProcessRecord(process.pid(), startedAt, stopSignal);
    }

    /** The record in the file, if there is one and a killed supervisor had finished writing it. */
    public static Optional<ProcessRecord> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] fields = Files.readString(file).strip().split(" ", -1);
        if (fields.length != 3) {
            return Optional.empty();
        }
        return Optional.of(
                new ProcessRecord(
                        Long.parseLong(fields[0]),
                        Instant.parse(fields[1]),
                        StopSignal.valueOf(fields[2])));
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, pid + " " + startedAt + " " + stopSignal + "\n");
    }

    /** The process, where the very one that was recorded still runs. */
    public Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().startInstant().map(this::isStart).orElse(false))
                // An ended process nobody has waited for keeps its number but has no program.
                .filter(process -> process.info().command().isPresent());
    }

    private boolean isStart(Instant instant) {
        return Duration.between(startedAt, instant).abs().compareTo(CLOCK_STEP) < 0;
    }
}
