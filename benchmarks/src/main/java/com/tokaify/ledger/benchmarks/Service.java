package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.local.JvmCommand;
import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.local.ManagedProcess;
import com.tokaify.ledger.local.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A service's own executable jar, run as a child process on a free port. */
record Service(ManagedProcess process, int port) {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_GRACE = Duration.ofSeconds(30);
    private static final String READINESS = "/actuator/health/readiness";
    private static final int OK = 200;

    /**
     * What is started.
     *
     * @param portVariable the environment variable of its port
     * @param heap as standalone gives it by default
     */
    record Kind(String name, String portVariable, String heap) {
        static final Kind COMMAND = new Kind("command-service", "LEDGER_COMMAND_PORT", "1g");
        static final Kind QUERY = new Kind("query-service", "LEDGER_QUERY_PORT", "512m");
        static final Kind ENFORCEMENT =
                new Kind("enforcement-service", "LEDGER_ENFORCEMENT_PORT", "1g");

        Path jar(Path services) {
            return services.resolve(name + ".jar");
        }
    }

    /** Starts it and waits until it is ready. */
    static Service start(Kind kind, Path jar, Map<String, String> environment, LocalFolder folder)
            throws IOException, InterruptedException {
        int port = LoopbackPort.free();
        Map<String, String> whole = new HashMap<>(environment);
        whole.put(kind.portVariable(), Integer.toString(port));
        ManagedProcess process =
                ManagedProcess.start(
                        new ManagedProcess.Launch(
                                kind.name(),
                                new JvmCommand(kind.heap()).jar(jar),
                                whole,
                                StopSignal.TERMINATE),
                        folder);
        process.awaitReady(START_LIMIT, () -> isReady(port));
        return new Service(process, port);
    }

    private static boolean isReady(int port) {
        try (HttpConnection connection = new HttpConnection(port)) {
            return connection.get(READINESS).status() == OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    void stop() throws IOException, InterruptedException {
        process.stop(STOP_GRACE);
    }
}
