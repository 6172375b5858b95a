package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.EchoServer;
import com.tokaify.ledger.testkit.GatewayProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What stands before the cluster's instances, run as a real nginx by its very file, with nothing
 * changed but names and ports. Instances are played.
 */
class ClusterFrontIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String COMMAND = "command-service";

    @TempDir private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, EchoServer> instances = new TreeMap<>();
    private final Map<LedgerPort, Integer> front = new EnumMap<>(LedgerPort.class);
    private @Nullable Process nginx;

    @BeforeEach
    void start() throws Exception {
        Optional<Path> program = GatewayProgram.NGINX.find();
        assumeTrue(program.isPresent(), "no nginx on this machine");
        String file = Files.readString(ComposeFile.TOP.resolve("ops/nginx/cluster.conf"));
        for (LedgerPort port : services()) {
            int number = LoopbackPort.free();
            front.put(port, number);
            file =
                    file.replace(
                            "listen " + port.defaultNumber() + ";",
                            "listen 127.0.0.1:" + number + ";");
            for (int i = 1; i <= 2; i++) {
                EchoServer instance = new EchoServer();
                String name = port.listener() + "-" + i;
                instances.put(name, instance);
                file =
                        file.replace(
                                name + ":" + port.defaultNumber(), "127.0.0.1:" + instance.port());
            }
        }
        Path configuration =
                Files.writeString(
                        folder.resolve("nginx.conf"), file.replace("/tmp/", folder + "/"));
        Process started =
                new ProcessBuilder(
                                program.orElseThrow().toString(),
                                "-p",
                                folder.toString(),
                                "-c",
                                configuration.toString(),
                                "-g",
                                "daemon off; master_process off;")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        nginx = started;
        Await.until(
                SOON,
                "nginx answers",
                () -> {
                    if (!started.isAlive()) {
                        throw new AssertionError(Files.readString(folder.resolve("log")));
                    }
                    return front.values().stream().allMatch(ClusterFrontIT::answers);
                });
    }

    /** By asking: who would listen there to find out could be in nginx's way. */
    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static LedgerPort[] services() {
        return new LedgerPort[] {
            LedgerPort.CONSOLE, LedgerPort.COMMAND, LedgerPort.QUERY, LedgerPort.ENFORCEMENT
        };
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        instances.values().forEach(EchoServer::close);
        Process started = nginx;
        if (started != null) {
            started.destroy();
            assertThat(started.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private HttpResponse<String> post(LedgerPort service, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + front.get(service) + "/v1/x?y=z"))
                        .header("X-Forwarded-For", "198.51.100.1")
                        .header("X-Real-IP", "198.51.100.2")
                        .header("Forwarded", "for=198.51.100.3")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private EchoServer instance(String name) {
        return Optional.ofNullable(instances.get(name)).orElseThrow();
    }

    /** Each service has two instances behind its usual port, and both get their share. */
    @Test
    void bothInstancesOfEachServiceAreAsked() throws Exception {
        for (LedgerPort service : services()) {
            for (int i = 0; i < 6; i++) {
                HttpResponse<String> answer = post(service, "call " + i);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("call " + i);
            }
            assertThat(instance(service.listener() + "-1").reached()).hasSize(3);
            assertThat(instance(service.listener() + "-2").reached()).hasSize(3);
        }
    }

    /** Who the client is, is said by nginx and not by the client; and the host is the one asked. */
    @Test
    void whatACallerSaysOfItsAddressIsOverwritten() throws Exception {
        post(LedgerPort.COMMAND, "{}");
        Map<String, String> headers =
                Optional.ofNullable(instance(COMMAND + "-1").reached().peek())
                        .or(() -> Optional.ofNullable(instance(COMMAND + "-2").reached().peek()))
                        .orElseThrow();
        assertThat(headers)
                .containsEntry("X-Forwarded-For", "127.0.0.1")
                .containsEntry("Host", "127.0.0.1:" + front.get(LedgerPort.COMMAND))
                .doesNotContainKeys("X-Real-IP", "Forwarded");
    }

    /** An instance that is away is passed over, and no caller notices. */
    @Test
    void anInstanceThatIsAwayIsPassedOver() throws Exception {
        instance(COMMAND + "-1").close();
        for (int i = 0; i < 10; i++) {
            assertThat(post(LedgerPort.COMMAND, "{}").statusCode()).isEqualTo(200);
        }
        assertThat(instance(COMMAND + "-2").reached()).hasSize(10);
    }
}
