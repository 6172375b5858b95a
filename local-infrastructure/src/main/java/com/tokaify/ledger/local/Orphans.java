package com.tokaify.ledger.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The children a killed supervisor has left running. They are recognised by the records in the
 * folder; a process that only happens to have a recorded number is never touched.
 */
public final class Orphans {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final String RECORD = ".process";

    private Orphans() {}

    /**
     * Stops them, the last started first, each in good order or, past the grace, by a kill.
     *
     * @return their names
     */
    public static List<String> stop(LocalFolder folder, Duration grace)
            throws IOException, InterruptedException {
        List<String> stopped = new ArrayList<>();
        for (Path file : recordsOf(folder)) {
            ProcessRecord record = ProcessRecord.read(file).orElse(null);
            if (record != null && stop(record, grace)) {
                stopped.add(file.getFileName().toString().replace(RECORD, ""));
            }
            Files.deleteIfExists(file);
        }
        return stopped;
    }

    private static List<Path> recordsOf(LocalFolder folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(folder.processRecords(), "*" + RECORD)) {
            found.forEach(files::add);
        }
        files.sort(
                Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed());
        return files;
    }

    private static boolean stop(ProcessRecord record, Duration grace)
            throws IOException, InterruptedException {
        ProcessHandle orphan = record.running().orElse(null);
        if (orphan == null) {
            return false;
        }
        record.stopSignal().send(orphan);
        if (!ended(record, orphan, grace)) {
            orphan.destroyForcibly();
            if (!ended(record, orphan, KILL_LIMIT)) {
                throw new StartFailure(
                        "process " + record.pid() + " of an earlier run cannot be stopped");
            }
        }
        return true;
    }

    private static boolean ended(ProcessRecord record, ProcessHandle orphan, Duration limit)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (record.running().isPresent()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                orphan.onExit().get(POLL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                // Asked again above: the future alone would miss an end nobody has waited for.
            } catch (ExecutionException e) {
                throw new IllegalStateException("waiting for process " + record.pid(), e);
            }
        }
        return true;
    }
}
