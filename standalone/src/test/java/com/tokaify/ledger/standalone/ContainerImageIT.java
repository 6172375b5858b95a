package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.local.JvmCommand;
import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an image holds and starts is what ./ledger up runs. */
@ExtendWith(SharedLedger.class)
class ContainerImageIT {
    private static final Path SERVICES = Path.of("target", "ledger", "services").toAbsolutePath();
    private static final String CLASSES = "BOOT-INF/classes/";
    private static final String LIBRARIES = "BOOT-INF/lib/";

    private static final ContainerImage IMAGE = ContainerImage.described();

    /** Both build the same, or the jars would not be the same. */
    @Test
    void theImageBuildsAsTheLauncherDoes() throws Exception {
        Matcher launcher =
                Pattern.compile("\\./mvnw (?<arguments>(?:[^\\n]|\\\\\\n)*?) 2>&1\\)")
                        .matcher(Files.readString(ComposeFile.TOP.resolve("ledger")));
        assertThat(launcher.find()).isTrue();
        String arguments =
                launcher.group("arguments")
                        .replace("\\\n", " ")
                        .replace("\"$module\"", "standalone")
                        .replaceAll(" +", " ");
        String run = IMAGE.instruction("RUN --mount=type=cache,target=/root/.m2 ./mvnw");
        assertThat(run).isEqualTo(arguments);
        assertThat(IMAGE.instruction("RUN mkdir /image && cp "))
                .isEqualTo("standalone/target/ledger/services/${SERVICE}.jar /image/service.jar");
    }

    /** Half dead is worse than dead there too; the heap is set from outside. */
    @Test
    void theImageStartsAsOneMachineDoes() {
        List<String> onOneMachine =
                new ArrayList<>(new JvmCommand("1g").jar(Path.of("service.jar")));
        onOneMachine.set(0, "java");
        onOneMachine.remove("-Xmx1g");
        assertThat(IMAGE.list("ENTRYPOINT")).isEqualTo(onOneMachine);
        assertThat(IMAGE.instruction("USER")).isEqualTo("10001:10001");
        assertThat(IMAGE.instruction("ARG JAVA=")).matches("eclipse-temurin:25\\.[0-9.]+_[0-9]+");
    }

    /** Not a class and not a library more or less, and no layer is forgotten. */
    @ParameterizedTest
    @ValueSource(strings = {"command-service", "query-service", "enforcement-service", "console"})
    void theImageHoldsTheJarAndNothingElse(String service, @TempDir Path folder) throws Exception {
        Path jar = SERVICES.resolve(service + ".jar");
        Path laidOut = IMAGE.layOut(jar, folder);

        TreeMap<String, String> wanted = new TreeMap<>();
        try (JarFile whole = new JarFile(jar.toFile())) {
            wanted.putAll(digests(whole, LIBRARIES, "lib/"));
            wanted.putAll(digests(whole, CLASSES, "service.jar!/"));
            try (JarFile own = new JarFile(laidOut.resolve("service.jar").toFile())) {
                TreeMap<String, String> held = new TreeMap<>(digests(own, "", "service.jar!/"));
                held.keySet()
                        .removeIf(name ->
                                name.endsWith("MANIFEST.MF")
                                        || (name.startsWith("service.jar!/META-INF/")
                                                && !wanted.containsKey(name)));
                try (Stream<Path> files = Files.walk(laidOut)) {
                    for (Path file :
                            (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                        String name = laidOut.relativize(file).toString();
                        if (!name.equals("service.jar")) {
                            held.put(name, digest(Files.newInputStream(file)));
                        }
                    }
                }
                assertThat(held).isEqualTo(wanted);
                assertThat(own.getManifest().getMainAttributes().getValue("Main-Class"))
                        .isEqualTo(whole.getManifest().getMainAttributes().getValue("Start-Class"));
            }
        }
    }

    private static Map<String, String> digests(JarFile jar, String folder, String as)
            throws Exception {
        Map<String, String> digests = new TreeMap<>();
        Enumeration<JarEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
            JarEntry entry = entries.nextElement();
            if (!entry.isDirectory() && entry.getName().startsWith(folder)) {
                digests.put(
                        as + entry.getName().substring(folder.length()),
                        digest(jar.getInputStream(entry)));
            }
        }
        return digests;
    }

    private static String digest(InputStream content) throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        try (DigestInputStream all = new DigestInputStream(content, sha)) {
            all.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    /**
     * An instance out of an image, told what the compose file tells it, with its secrets in a
     * folder: it comes up, writes JSON, says ready to its own container and knows the gateway.
     */
    @Test
    void whatIsInTheImageRuns(RunningLedger ledger, @TempDir Path folder) throws Exception {
        Path service = IMAGE.layOut(SERVICES.resolve("enforcement-service.jar"), folder);
        Path settings = Files.createDirectories(folder.resolve("secrets/settings"));
        Files.writeString(
                settings.resolve("LEDGER_GATEWAY_KEYS"),
                "recipes=" + RunningLedger.sha256("from-a-file") + "\n");
        int port = LoopbackPort.free();
        List<String> command = new ArrayList<>(IMAGE.list("ENTRYPOINT"));
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path log = folder.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(service.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        ComposeFile.Service composed =
                ComposeFile.read("docker-compose.yml").service("enforcement-service");
        Map<String, String> environment = builder.environment();
        environment.putAll(composed.environment());
        environment.put("LEDGER_BIND_ADDRESS", "127.0.0.1");
        environment.put("LEDGER_ENFORCEMENT_PORT", Integer.toString(port));
        environment.put("LEDGER_ENFORCEMENT_GRPC_PORT", Integer.toString(LoopbackPort.free()));
        environment.put(
                "LEDGER_KAFKA_BOOTSTRAP",
                "127.0.0.1:" + Objects.requireNonNull(ledger.ports().get(LedgerPort.KAFKA)));
        environment.put(
                "LEDGER_PEPPER_FILE", ledger.data().resolve("credentials/pepper").toString());
        environment.put("LEDGER_SECRETS_FOLDER", settings.toString());
        environment.put("LEDGER_VIEW_SNAPSHOT_FOLDER", folder.resolve("view").toString());
        environment.put("LEDGER_USAGE_SPOOL_FOLDER", folder.resolve("spool").toString());
        Process process = builder.start();
        try {
            Await.until(
                    Duration.ofMinutes(2),
                    "the container is healthy",
                    () -> ReadyScriptTest.saysReady(port),
                    ready -> {
                        if (!process.isAlive()) {
                            throw new AssertionError("it has ended: " + read(log));
                        }
                        return ready;
                    });
            assertThat(verified(port, "from-a-file")).isEqualTo(200);
            assertThat(verified(port, "another")).isEqualTo(401);
            List<String> lines = read(log).lines().toList();
            // The JVM has words of its own; what the service itself says is JSON.
            assertThat(lines).noneMatch(line -> line.matches("[0-9-]{10}T.*"));
            assertThat(lines.stream().filter(line -> line.startsWith("{")))
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("{\"@timestamp\":"));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int verified(int port, String gatewayKey) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + port + "/v1/verify"))
                                    .header("X-Gateway-Key", gatewayKey)
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    "{\"secret\":\"sk-tkf\"}"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
