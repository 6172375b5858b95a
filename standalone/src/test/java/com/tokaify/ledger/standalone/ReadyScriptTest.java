package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.tokaify.ledger.local.LoopbackPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a container asks its own service with. */
class ReadyScriptTest {
    private static final Path SCRIPT = ComposeFile.TOP.resolve("ops/containers/ready.sh");

    /** Runs it for a service on a port; true where it says ready. */
    static boolean saysReady(int port) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", SCRIPT.toAbsolutePath().toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LEDGER_READY_PORT", Integer.toString(port));
        return builder.start().waitFor() == 0;
    }

    /** Ready is what the service calls ready, at the path where it says so. */
    @ParameterizedTest
    @CsvSource({
        "/actuator/health/readiness, 200, true",
        "/actuator/health/readiness, 503, false",
        "/elsewhere, 200, false"
    })
    void readyIsWhatTheServiceSays(String path, int status, boolean ready) throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                path,
                exchange -> {
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        server.start();
        try {
            assertThat(saysReady(server.getAddress().getPort())).isEqualTo(ready);
        } finally {
            server.stop(0);
        }
    }

    /** A service that is not there yet is not ready. */
    @Test
    void nobodyIsNotReady() throws Exception {
        assertThat(saysReady(LoopbackPort.free())).isFalse();
    }
}
