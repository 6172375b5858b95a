package com.tokaify.ledger.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The real ledger, started as the README says, from the jars this build has made. */
final class RunningLedger implements AutoCloseable {
    /** What {@code ./ledger up} starts; the module's package phase lays it out. */
    private static final Path SERVICES = Path.of("target", "ledger", "services").toAbsolutePath();

    /** The gateways of docs/gateways, which say {@code your-gateway-key}. */
    private static final String RECIPES = "recipes=" + sha256("your-gateway-key");

    private static final Duration RECOVERY = Duration.ofMinutes(5);

    private final Path data;
    private final Map<String, String> environment;
    private final Map<LedgerPort, Integer> ports = UpProcess.freePorts();
    private final LedgerClient client = new LedgerClient(ports);
    private UpProcess up;

    RunningLedger(Path data) throws IOException {
        this(data, Map.of());
    }

    RunningLedger(Path data, Map<String, String> environment) throws IOException {
        this.data = data;
        this.environment = environment;
        this.up = start();
        awaitUp();
    }

    private UpProcess start() throws IOException {
        Map<String, String> whole = new HashMap<>(environment);
        whole.put("LEDGER_GATEWAY_KEYS", RECIPES);
        return UpProcess.start(SERVICES, ports, whole, "--data", data.toString());
    }

    private void awaitUp() {
        try {
            up.awaitOutput("Ready in");
            client.takeCredentials(data);
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    /** What a gateway that shows this key is known by. */
    static String sha256(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    LedgerClient client() {
        return client;
    }

    /** Its data folder. */
    Path data() {
        return data;
    }

    Map<LedgerPort, Integer> ports() {
        return ports;
    }

    EventTopic topic() {
        return EventTopic.read(ports.getOrDefault(LedgerPort.KAFKA, 0));
    }

    SealTopic seals() {
        return SealTopic.read(ports.getOrDefault(LedgerPort.KAFKA, 0));
    }

    /** Ctrl-C, and up again. */
    void restart() throws IOException, InterruptedException {
        up.stop();
        up = start();
        awaitUp();
    }

    /** Kills the supervisor, which leaves its processes behind, and goes up again. */
    void killSupervisorAndRestart() throws IOException, InterruptedException {
        up.kill();
        up = start();
        awaitUp();
    }

    /** Kills one process as a crash would; the supervisor starts it again. */
    void kill(String name) throws IOException {
        ProcessHandle before = process(name);
        before.destroyForcibly();
        Await.until(RECOVERY, name + " runs again", () -> process(name).pid() != before.pid());
    }

    /**
     * Kills processes as crashes would, and nobody starts them again: the supervisor sleeps until
     * {@link #letBack}.
     */
    void killAndKeepAway(LedgerPort... listeners) throws IOException, InterruptedException {
        signal("STOP", up.handle());
        for (LedgerPort listener : listeners) {
            String name = listener.listener().toLowerCase(Locale.ROOT);
            assertThat(process(name).destroyForcibly()).as("killed " + name).isTrue();
        }
        for (LedgerPort listener : listeners) {
            Await.until(
                    RECOVERY,
                    listener + " is gone",
                    () ->
                            LoopbackPort.isFree(
                                    InetAddress.getLoopbackAddress(),
                                    ports.getOrDefault(listener, 0)));
        }
    }

    /** Wakes the supervisor, which starts again what was killed meanwhile. */
    void letBack() throws IOException, InterruptedException {
        signal("CONT", up.handle());
    }

    /** Stops one process in its tracks, as an overloaded machine would; its clients wait. */
    void freeze(String name) throws IOException, InterruptedException {
        signal("STOP", process(name));
    }

    void thaw(String name) throws IOException, InterruptedException {
        signal("CONT", process(name));
    }

    private static void signal(String signal, ProcessHandle process)
            throws IOException, InterruptedException {
        Process kill =
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .inheritIO()
                        .start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill -" + signal + " " + process.pid() + " failed");
        }
    }

    /** The one that runs under this name now. */
    ProcessHandle process(String name) throws IOException {
        String record = Files.readString(data.resolve("run").resolve(name + ".process"));
        return ProcessHandle.of(Long.parseLong(record.substring(0, record.indexOf(' '))))
                .orElseThrow();
    }

    void awaitReady() {
        for (LedgerPort service :
                List.of(LedgerPort.COMMAND, LedgerPort.QUERY, LedgerPort.ENFORCEMENT)) {
            Await.until(
                    RECOVERY,
                    service + " is ready",
                    () -> client.get(service, "/actuator/health/readiness"),
                    answer -> answer.status() == 200);
        }
    }

    /** The spool of enforcement-service, where usage waits while Kafka is away. */
    Path usageSpool() {
        return data.resolve("usage-spool");
    }

    @Override
    public void close() {
        client.close();
        try {
            up.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
