package com.tokaify.ledger.local;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * One child process: its output goes to its log file, a record of it to the run folder, and it is
 * stopped in good order or, past a deadline, killed. Every child of the ledger is one of these.
 *
 * <p>Where the system has {@code setsid}, a child gets a session of its own, so that a Ctrl-C in
 * the terminal reaches only the supervisor, which then stops its children in order. Elsewhere
 * everything stops at once; nothing is lost by that, it is only less tidy.
 *
 * <p>A child outlives a killed supervisor on purpose (it may be writing); {@link #stopOrphans}
 * deals with it at the next start. Methods may be called by any thread.
 */
public final class ManagedProcess {
    /** A log longer than this is put aside at the next start; one older log is kept. */
    private static final long LOG_BYTES_MAX = 16L << 20;

    /** How much of a log's end is read to show its last lines. */
    private static final int TAIL_BYTES = 16 << 10;

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration GIVE_UP_GRACE = Duration.ofSeconds(10);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    /** What is started; the environment is added to the supervisor's own. */
    public record Launch(
            String name,
            List<String> command,
            Map<String, String> environment,
            StopSignal stopSignal) {
        public Launch {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }

        /** Passwords are handed over in the environment. */
        @Override
        public String toString() {
            return name + " " + command + " [environment hidden]";
        }
    }

    private final Launch launch;
    private final Process process;
    private final Path record;
    private final Path log;
    private final long logStart;

    private ManagedProcess(Launch launch, Process process, LocalFolder folder, long logStart) {
        this.launch = launch;
        this.process = process;
        this.record = folder.processRecord(launch.name());
        this.log = folder.log(launch.name());
        this.logStart = logStart;
    }

    public static ManagedProcess start(Launch launch, LocalFolder folder) throws IOException {
        Path log = folder.log(launch.name());
        long logStart = putAsideWhenLong(log);
        List<String> command = new ArrayList<>();
        Programs.onPath("setsid").ifPresent(command::add);
        command.addAll(launch.command());
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(launch.environment());
        Process process = builder.start();
        ManagedProcess managed = new ManagedProcess(launch, process, folder, logStart);
        ProcessRecord.of(process.toHandle(), launch.stopSignal()).write(managed.record);
        return managed;
    }

    /**
     * Stops processes a killed supervisor of this folder has left behind, the last started first,
     * and tells their names. Only a process with the recorded number and start instant is touched.
     */
    public static List<String> stopOrphans(LocalFolder folder, Duration grace)
            throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(folder.processRecords(), "*.process")) {
            found.forEach(files::add);
        }
        files.sort(
                Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed());
        List<String> stopped = new ArrayList<>();
        for (Path file : files) {
            ProcessRecord record = ProcessRecord.read(file).orElse(null);
            if (record != null && stopOrphan(record, grace)) {
                stopped.add(file.getFileName().toString().replace(".process", ""));
            }
            Files.deleteIfExists(file);
        }
        return stopped;
    }

    private static boolean stopOrphan(ProcessRecord record, Duration grace)
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

    public String name() {
        return launch.name();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Path log() {
        return log;
    }

    /** Waits for the process to end, however long, and returns its exit code. */
    public int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    /**
     * Waits until the probe says yes. A process that is given up on is not left running.
     *
     * @throws StartFailure where the process ends first or the limit passes
     */
    public void awaitReady(Duration limit, BooleanSupplier probe)
            throws IOException, InterruptedException {
        try {
            long deadline = System.nanoTime() + limit.toNanos();
            while (!probe.getAsBoolean()) {
                if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw failure(name() + " ended with exit code " + process.exitValue());
                }
                if (System.nanoTime() > deadline) {
                    throw failure(name() + " was not ready within " + limit.toSeconds() + " s");
                }
            }
        } catch (StartFailure | InterruptedException e) {
            stop(GIVE_UP_GRACE);
            throw e;
        }
    }

    /**
     * Waits for a process that is meant to end by itself.
     *
     * @throws StartFailure where it fails or the limit passes
     */
    public void awaitSuccess(Duration limit) throws IOException, InterruptedException {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure(name() + " had not ended after " + limit.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw failure(name() + " ended with exit code " + process.exitValue());
            }
        } finally {
            kill();
        }
    }

    private StartFailure failure(String what) throws IOException {
        return new StartFailure(what + "; its log is " + log, logTail(20));
    }

    /** The last lines this run of the process has written. */
    public List<String> logTail(int lines) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(logStart, file.length() - TAIL_BYTES);
            byte[] bytes = new byte[Math.toIntExact(Math.max(0, file.length() - from))];
            file.seek(from);
            file.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        }
    }

    /**
     * Asks the process to stop and waits; kills it when the grace has passed.
     *
     * @return whether it stopped by itself
     */
    public boolean stop(Duration grace) throws IOException, InterruptedException {
        if (process.isAlive()) {
            launch.stopSignal().send(process.toHandle());
        }
        boolean stopped = process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
        if (!stopped) {
            kill();
        }
        Files.deleteIfExists(record);
        return stopped;
    }

    /** Kills the process without warning, as a crash would, and waits until it is gone. */
    public void kill() throws IOException, InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException(name() + " (process " + pid() + ") cannot be killed");
        }
        Files.deleteIfExists(record);
    }

    /** Returns where this run's lines will begin. */
    private static long putAsideWhenLong(Path log) throws IOException {
        if (!Files.exists(log)) {
            return 0;
        }
        long size = Files.size(log);
        if (size < LOG_BYTES_MAX) {
            return size;
        }
        Files.move(
                log,
                log.resolveSibling(log.getFileName() + ".1"),
                StandardCopyOption.REPLACE_EXISTING);
        return 0;
    }
}
