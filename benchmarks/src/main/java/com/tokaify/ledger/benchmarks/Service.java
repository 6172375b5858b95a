package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.local.ManagedProcess;
import com.tokaify.ledger.local.StopSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server with HTTP, run as a child process on a free port. */
public record Service(ManagedProcess process, int port) {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_GRACE = Duration.ofSeconds(30);
    private static final String READINESS = "/actuator/health/readiness";
    private static final String LIVENESS = "/actuator/health/liveness";
    private static final int OK = 200;

    /** The product, as its jars and its processes are called. */
    public static final String COMMAND = "command-service";

    public static final String ENFORCEMENT = "enforcement-service";
    public static final String QUERY = "query-service";

    private static final List<String> PORTS =
            List.of("LEDGER_COMMAND_PORT", "LEDGER_ENFORCEMENT_PORT", "LEDGER_QUERY_PORT");

    /** Starts one on a port of its own, until it is ready. */
    public static Service start(
            String name, List<String> command, Map<String, String> environment, LocalFolder folder)
            throws IOException, InterruptedException {
        return start(name, command, environment, folder, READINESS);
    }

    /** Starts one on a port of its own, until it answers, ready or not. */
    static Service startUnready(
            String name, List<String> command, Map<String, String> environment, LocalFolder folder)
            throws IOException, InterruptedException {
        return start(name, command, environment, folder, LIVENESS);
    }

    private static Service start(
            String name,
            List<String> command,
            Map<String, String> environment,
            LocalFolder folder,
            String probe)
            throws IOException, InterruptedException {
        int port = LoopbackPort.free();
        Map<String, String> whole = new HashMap<>(environment);
        PORTS.forEach(variable -> whole.put(variable, Integer.toString(port)));
        ManagedProcess process =
                ManagedProcess.start(
                        new ManagedProcess.Launch(name, command, whole, StopSignal.TERMINATE),
                        folder);
        process.awaitReady(START_LIMIT, () -> answers(port, probe));
        return new Service(process, port);
    }

    /** Whether it says that it may be asked. */
    public boolean isReady() {
        return answers(port, READINESS);
    }

    private static boolean answers(int port, String probe) {
        try (HttpConnection connection = new HttpConnection(port)) {
            return connection.get(probe).status() == OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    public void stop() throws IOException, InterruptedException {
        process.stop(STOP_GRACE);
    }
}
