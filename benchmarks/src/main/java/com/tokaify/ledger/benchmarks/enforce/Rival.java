package com.tokaify.ledger.benchmarks.enforce;

import com.tokaify.ledger.local.ManagedProcess;
import com.tokaify.ledger.local.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of other people that are measured beside the product, where the machine has them. */
final class Rival {
    static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final List<String> BEYOND_PATH = List.of("/usr/sbin", "/usr/local/sbin");

    private Rival() {}

    /** Where a program lies: administrators' programs are not on everybody's path. */
    static Optional<Path> find(String program) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)),
                        BEYOND_PATH.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * @throws StartFailure where nobody listens on the port in time
     */
    static void awaitPort(ManagedProcess process, int port)
            throws IOException, InterruptedException {
        process.awaitReady(START_LIMIT, () -> listens(port));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
