package com.tokaify.ledger.local;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.FinalizedVersionRange;

/**
 * A Kafka of one node, broker and controller in one child JVM, on loopback only, with its data kept
 * in the folder across starts. What it has acknowledged survives the kill of any process; as every
 * Kafka it leaves flushing to the system, so one node alone does not promise to survive a power
 * cut: in production that is what replicas are for.
 */
public final class LocalKafka {
    private static final String NAME = "kafka";
    private static final String LOOPBACK = "127.0.0.1";

    /** After a kill the broker reads the newest segment of every partition before it serves. */
    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private static final Duration STOP_GRACE = Duration.ofSeconds(30);
    private static final Duration CONNECT_LIMIT = Duration.ofMillis(200);

    /**
     * The protocol in which a transaction's late writes cannot land in the next one (KIP-890); the
     * relay relies on it.
     */
    private static final String TRANSACTION_VERSION = "transaction.version";

    private static final short TRANSACTION_VERSION_MIN = 2;

    private final ManagedProcess process;
    private final int port;

    private LocalKafka(ManagedProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the broker on the folder's data, made at the first start, and waits until it answers.
     *
     * @param heap of its JVM, such as {@code 512m}
     * @throws StartFailure where it does not come up
     */
    public static LocalKafka start(LocalFolder folder, int port, String heap)
            throws IOException, InterruptedException {
        Path configuration = folder.data(NAME + ".properties");
        try (OutputStream out = Files.newOutputStream(configuration)) {
            properties(folder.data(NAME), port).store(out, "Written anew at each start.");
        }
        List<String> command =
                new JvmCommand(heap, List.of("-Dlogback.configurationFile=local-kafka-logback.xml"))
                        .main(KafkaNode.class, configuration.toString());
        ManagedProcess process =
                ManagedProcess.start(
                        new ManagedProcess.Launch(NAME, command, Map.of(), StopSignal.TERMINATE),
                        folder);
        process.awaitReady(START_LIMIT, () -> listens(port));
        try {
            requireTransactionVersion(port);
        } catch (StartFailure | InterruptedException e) {
            process.stop(STOP_GRACE);
            throw e;
        }
        return new LocalKafka(process, port);
    }

    public String bootstrap() {
        return bootstrap(port);
    }

    public ManagedProcess process() {
        return process;
    }

    public boolean stop() throws IOException, InterruptedException {
        return process.stop(STOP_GRACE);
    }

    private static String bootstrap(int port) {
        return LOOPBACK + ":" + port;
    }

    private static Properties properties(Path data, int port) {
        // Only this process talks to it and nothing keeps it, so any free one will do.
        int controllerPort = LoopbackPort.free();
        Properties properties = new Properties();
        properties.putAll(
                Map.ofEntries(
                        Map.entry("process.roles", "broker,controller"),
                        Map.entry("node.id", "1"),
                        Map.entry("controller.quorum.voters", "1@" + bootstrap(controllerPort)),
                        Map.entry(
                                "listeners",
                                "BROKER://"
                                        + bootstrap(port)
                                        + ",CONTROLLER://"
                                        + bootstrap(controllerPort)),
                        Map.entry("advertised.listeners", "BROKER://" + bootstrap(port)),
                        Map.entry(
                                "listener.security.protocol.map",
                                "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                        Map.entry("inter.broker.listener.name", "BROKER"),
                        Map.entry("controller.listener.names", "CONTROLLER"),
                        Map.entry("log.dirs", data.toString()),
                        // A mistyped topic name is an error, not a new topic.
                        Map.entry("auto.create.topics.enable", "false"),
                        // The ledger's events are its memory: nothing is ever too old.
                        Map.entry("log.retention.ms", "-1"),
                        Map.entry("log.retention.bytes", "-1"),
                        // One node can keep one copy.
                        Map.entry("default.replication.factor", "1"),
                        Map.entry("min.insync.replicas", "1"),
                        Map.entry("offsets.topic.replication.factor", "1"),
                        Map.entry("transaction.state.log.replication.factor", "1"),
                        Map.entry("transaction.state.log.min.isr", "1"),
                        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                        Map.entry("share.coordinator.state.topic.min.isr", "1"),
                        // The default of 50 each is for clusters: here it is files to open.
                        Map.entry("offsets.topic.num.partitions", "4"),
                        Map.entry("transaction.state.log.num.partitions", "4"),
                        // A killed broker is let in again only when its last session has ended.
                        Map.entry("broker.session.timeout.ms", "3000"),
                        Map.entry("broker.heartbeat.interval.ms", "500"),
                        // Nobody else is coming to join a group.
                        Map.entry("group.initial.rebalance.delay.ms", "0")));
        return properties;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), port),
                    Math.toIntExact(CONNECT_LIMIT.toMillis()));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void requireTransactionVersion(int port) throws InterruptedException {
        Map<String, Object> configuration =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap(port),
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        Math.toIntExact(START_LIMIT.toMillis()));
        try (Admin admin = Admin.create(configuration)) {
            FinalizedVersionRange range =
                    admin.describeFeatures()
                            .featureMetadata()
                            .get(START_LIMIT.toSeconds(), TimeUnit.SECONDS)
                            .finalizedFeatures()
                            .get(TRANSACTION_VERSION);
            if (range == null || range.maxVersionLevel() < TRANSACTION_VERSION_MIN) {
                throw new StartFailure(
                        "Kafka's data was formatted with too old a "
                                + TRANSACTION_VERSION
                                + "; it must be "
                                + TRANSACTION_VERSION_MIN);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new StartFailure("Kafka listens but does not answer: " + e);
        }
    }
}
