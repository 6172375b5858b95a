package com.tokaify.ledger.standalone;

import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.ManagedProcess;
import com.tokaify.ledger.testkit.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A ledger as it runs in production: one PostgreSQL, one Kafka, two instances of every service, and
 * a {@link Front} before each pair. Nobody starts again what ends.
 */
final class TwoOfEach implements AutoCloseable {
    private static final Path SERVICES = Path.of("target", "ledger", "services").toAbsolutePath();
    private static final List<LedgerPort> PAIRS =
            List.of(
                    LedgerPort.COMMAND,
                    LedgerPort.QUERY,
                    LedgerPort.ENFORCEMENT,
                    LedgerPort.CONSOLE);

    /** In all there are eleven processes on what may be a small machine. */
    private static final Map<String, String> SMALL =
            Map.of(
                    "LEDGER_COMMAND_HEAP", "384m",
                    "LEDGER_QUERY_HEAP", "256m",
                    "LEDGER_ENFORCEMENT_HEAP", "256m",
                    "LEDGER_CONSOLE_HEAP", "192m",
                    "LEDGER_KAFKA_HEAP", "384m");

    /** Longer than both tries of a {@link Front} together. */
    private static final Duration PATIENCE = Front.LIMIT.multipliedBy(3);

    /** One instance of a service, or a part of the infrastructure. */
    static final class Instance {
        /** After this a process is killed, and the test fails. */
        private static final Duration GRACE = Duration.ofSeconds(45);

        private final Child child;
        private @Nullable ManagedProcess process;

        private Instance(Child child) {
            this.child = child;
        }

        String name() {
            return child.name() + " at " + child.address();
        }

        /** Returns when it is ready. */
        Instance start() throws IOException, InterruptedException {
            process = child.start();
            return this;
        }

        /**
         * SIGTERM.
         *
         * @return whether it ended by itself
         */
        boolean stop() throws IOException, InterruptedException {
            ManagedProcess running = process;
            process = null;
            return running == null || running.stop(GRACE);
        }

        void kill() throws IOException, InterruptedException {
            ManagedProcess running = process;
            if (running != null) {
                running.kill();
            }
        }
    }

    private final List<Instance> infrastructure;
    private final List<Instance> firsts;
    private final List<Instance> seconds;
    private final Map<LedgerPort, Front> fronts = new EnumMap<>(LedgerPort.class);
    private final int kafkaPort;
    private final LocalFolder home;
    private final LedgerClient client;

    TwoOfEach(Path folder) throws IOException, InterruptedException {
        Map<LedgerPort, Integer> first = UpProcess.freePorts();
        Map<LedgerPort, Integer> second = UpProcess.freePorts();
        for (LedgerPort shared : List.of(LedgerPort.POSTGRES, LedgerPort.KAFKA)) {
            second.put(shared, first.getOrDefault(shared, 0));
        }
        this.kafkaPort = first.getOrDefault(LedgerPort.KAFKA, 0);
        for (LedgerPort pair : PAIRS) {
            fronts.put(pair, new Front(List.of(uri(first, pair), uri(second, pair))));
        }
        this.home = LocalFolder.at(folder.resolve("first"));
        Credentials credentials = Credentials.in(home);
        List<List<Child>> whole = children(first, home, credentials);
        List<List<Child>> beside =
                children(second, LocalFolder.at(folder.resolve("second")), credentials);
        this.infrastructure = whole.getFirst().stream().map(Instance::new).toList();
        this.firsts = whole.getLast().stream().map(Instance::new).toList();
        this.seconds = beside.getLast().stream().map(Instance::new).toList();
        this.client = new LedgerClient(frontPorts(), PATIENCE);
        try {
            startAtOnce(infrastructure);
            // One after the other: the vault's key is made by the first that finds the vault empty.
            startAtOnce(firsts);
            startAtOnce(seconds);
            client.takeCredentials(home.root());
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static URI uri(Map<LedgerPort, Integer> ports, LedgerPort port) {
        return URI.create("http://127.0.0.1:" + ports.get(port));
    }

    private List<List<Child>> children(
            Map<LedgerPort, Integer> ports, LocalFolder folder, Credentials credentials) {
        Map<String, String> environment = new HashMap<>(SMALL);
        // Browsers and issuers have one name, whoever answers to it.
        environment.put(
                "LEDGER_CONSOLE_URL", "http://127.0.0.1:" + frontPorts().get(LedgerPort.CONSOLE));
        return LedgerChildren.of(
                        environment,
                        new Addresses(InetAddress.getLoopbackAddress(), ports),
                        folder,
                        credentials,
                        SERVICES)
                .stream()
                .map(stage -> stage.stream().map(child -> patient(child, folder)).toList())
                .toList();
    }

    /** While another relay takes over, a reader waits for its own write a little longer. */
    private static Child patient(Child child, LocalFolder folder) {
        if (!(child instanceof ServiceChild service)) {
            return child;
        }
        Map<String, String> environment = new HashMap<>(service.environment());
        environment.put("LEDGER_QUERY_LONGEST_WAIT", "15s");
        environment.put("LEDGER_INSTANCE_ID", String.valueOf(folder.root().getFileName()));
        return new ServiceChild(
                service.name(),
                service.jar(),
                service.port(),
                service.heap(),
                environment,
                service.addresses(),
                service.folder());
    }

    private static void startAtOnce(List<Instance> instances)
            throws IOException, InterruptedException {
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Instance>> starts = new ArrayList<>();
            instances.forEach(instance -> starts.add(instance::start));
            for (Future<Instance> started : starters.invokeAll(starts)) {
                if (started.state() == Future.State.FAILED) {
                    throw new IOException(started.exceptionNow());
                }
            }
        }
    }

    Map<LedgerPort, Integer> frontPorts() {
        Map<LedgerPort, Integer> ports = new EnumMap<>(LedgerPort.class);
        fronts.forEach((pair, front) -> ports.put(pair, front.port()));
        return ports;
    }

    /** Calls through the fronts. */
    LedgerClient client() {
        return client;
    }

    /** Somebody who has signed in at the front, as the first operator. */
    Browser signedInBrowser() throws IOException {
        Browser browser =
                new Browser(URI.create("http://127.0.0.1:" + frontPorts().get(LedgerPort.CONSOLE)));
        Path password = home.root().resolve("credentials/first-operator-password");
        browser.signIn("operator", Files.readString(password));
        return browser;
    }

    /** Every instance of every service. */
    List<Instance> instances() {
        List<Instance> all = new ArrayList<>(firsts);
        all.addAll(seconds);
        return all;
    }

    /** Both instances of one service. */
    List<Instance> instances(String service) {
        return instances().stream()
                .filter(instance -> instance.child.name().equals(service))
                .toList();
    }

    EventTopic topic() {
        return EventTopic.read(kafkaPort);
    }

    @Override
    public void close() {
        client.close();
        List<Instance> all = new ArrayList<>(infrastructure);
        all.addAll(instances());
        try {
            for (Instance instance : all.reversed()) {
                instance.kill();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        fronts.values().forEach(Front::close);
    }
}
