package com.tokaify.ledger.standalone;

import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An {@code up} in a process of its own, as a person would start it, and what it printed. */
final class UpProcess {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Process process;
    private final Path output;

    private UpProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Free ports for all that listens. */
    static Map<LedgerPort, Integer> freePorts() {
        Map<LedgerPort, Integer> ports = new EnumMap<>(LedgerPort.class);
        for (LedgerPort port : LedgerPort.values()) {
            ports.put(port, LoopbackPort.free());
        }
        return ports;
    }

    static UpProcess start(
            Path services,
            Map<LedgerPort, Integer> ports,
            Map<String, String> environment,
            String... arguments)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Dledger.services=" + services,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Standalone.class.getName(),
                                "up"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("ledger-up-", ".txt");
        output.toFile().deleteOnExit();
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        ports.forEach(
                (port, number) -> builder.environment().put(port.variable(), number.toString()));
        builder.environment().putAll(environment);
        return new UpProcess(builder.start(), output);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    UpProcess awaitOutput(String text) {
        Await.until(
                LIMIT,
                "'" + text + "' is printed",
                this::output,
                printed -> {
                    if (!printed.contains(text) && !process.isAlive()) {
                        throw new AssertionError("ended without '" + text + "': " + printed);
                    }
                    return printed.contains(text);
                });
        return this;
    }

    /** Waits for its end and returns its exit code. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("did not end");
        }
        return process.exitValue();
    }

    /** SIGTERM: the same as Ctrl-C. */
    int stop() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitExit();
    }
}
