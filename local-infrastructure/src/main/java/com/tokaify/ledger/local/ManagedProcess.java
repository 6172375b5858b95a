package com.tokaify.ledger.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One child process: its output goes to its log file, a record of it to the run folder, and it is
 * stopped in good order or, past a deadline, killed. Every child of the ledger is one of these.
 *
 * <p>Where the system has {@code setsid}, a child gets a session of its own, so that a Ctrl-C in
 * the terminal reaches only the supervisor, which then stops its children in order. Elsewhere
 * everything stops at once; nothing is lost by that, it is only less tidy.
 *
 * <p>A child outlives a killed supervisor on purpose (it may be writing); {@link Orphans} deals
 * with it at the next start. Methods may be called by any thread.
 */
public final class ManagedProcess {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration GIVE_UP_GRACE = Duration.ofSeconds(10);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final int TAIL_LINES = 20;

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
    private final ProcessLog log;

    private ManagedProcess(Launch launch, Process process, Path record, ProcessLog log) {
        this.launch = launch;
        this.process = process;
        this.record = record;
        this.log = log;
    }

    public static ManagedProcess start(Launch launch, LocalFolder folder) throws IOException {
        ProcessLog log = ProcessLog.begin(folder.log(launch.name()));
        List<String> command = new ArrayList<>();
        Programs.onPath("setsid").ifPresent(command::add);
        command.addAll(launch.command());
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
        builder.environment().putAll(launch.environment());
        Process process = builder.start();
        Path record = folder.processRecord(launch.name());
        ProcessRecord.of(process.toHandle(), launch.stopSignal()).write(record);
        return new ManagedProcess(launch, process, record, log);
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
        return log.file();
    }

    /** The last lines this run of the process has written. */
    public List<String> logTail(int lines) throws IOException {
        return log.tail(lines);
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
                    throw failure("ended with exit code " + process.exitValue());
                }
                if (System.nanoTime() > deadline) {
                    throw failure("was not ready within " + limit.toSeconds() + " s");
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
                throw failure("had not ended after " + limit.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw failure("ended with exit code " + process.exitValue());
            }
        } finally {
            kill();
        }
    }

    private StartFailure failure(String what) throws IOException {
        return new StartFailure(name() + " " + what + "; its log is " + log(), logTail(TAIL_LINES));
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
}
