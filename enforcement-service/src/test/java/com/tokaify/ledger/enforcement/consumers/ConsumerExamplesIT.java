package com.tokaify.ledger.enforcement.consumers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.enforcement.TestRelay;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenGroupChanged;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.LookupHash;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs in docs/consumers, run as they stand there against a real Kafka. */
class ConsumerExamplesIT {
    private static final Path FOLDER = Path.of("../docs/consumers");
    private static final int PARTITIONS = 4;
    private static final long LIMIT_SECONDS = 120;
    private static final AccountId ACCOUNT = TestLedger.account(1);
    private static final TokenId FIRST = TestLedger.token(1);
    private static final TokenId SECOND = TestLedger.token(2);

    private final LedgerInfrastructure infrastructure = LedgerInfrastructure.get();
    private final TestLedger ledger = new TestLedger(PARTITIONS);

    @TempDir private Path folder;

    /** The programs. */
    enum Example {
        JAVA(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        jars("kafka-clients", "slf4j-api", "jackson-"),
                        FOLDER.resolve("TokenView.java").toString())),
        PYTHON(List.of("/usr/bin/python3", FOLDER.resolve("token_view.py").toString()));

        @SuppressWarnings("ImmutableEnumChecker") // an immutable list, which the check cannot see
        private final List<String> command;

        Example(List<String> command) {
            this.command = command;
        }
    }

    /** The class path is no more than what the README names: no class of the ledger is on it. */
    private static String jars(String... names) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> {
                    String jar = Path.of(path).getFileName().toString();
                    return Arrays.stream(names).anyMatch(jar::startsWith);
                })
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** How a program ended, and what it printed. */
    private record Ended(int code, String output) {}

    @BeforeEach
    void emptyTopics() {
        infrastructure.recreateTopics(PARTITIONS);
    }

    /** What was relayed and committed is in the view, once; what was taken back is not. */
    @ParameterizedTest
    @EnumSource
    void theViewIsWhatTheStreamSays(Example example) throws Exception {
        assumeRunnable(example);
        try (TestRelay relay = relay()) {
            relay.relay(ACCOUNT, new AccountOpened("Acme"));
            relay.relay(
                    FIRST,
                    TestLedger.created(
                            ACCOUNT,
                            new Restrictions(100L, List.of("gpt-5"), null, null),
                            new LookupHash(1, 2, 3, 4)),
                    new RateLimitsChanged(new RateLimits(60L, null)),
                    new TokenGroupChanged("vip"),
                    new QuotaConsumed("u1", 30, "gpt-5", 30, false));
            relay.relay(
                    SECOND,
                    TestLedger.created(ACCOUNT, Restrictions.NONE, new LookupHash(5, 6, 7, 8)),
                    new TokenRenamed("other"));
            relay.relayAtTheSecondAttempt(FIRST, new TokenDisabled("leaked"));
        }

        Ended ended = run(example);

        assertThat(ended.output().lines())
                .containsExactly(
                        FIRST
                                + " disabled group=vip consumed=30 quotaLimit=100 models=[\"gpt-5\"]"
                                + " rateLimits={\"requestsPerMinute\":60,\"unitsPerMinute\":null}",
                        SECOND
                                + " enabled group=default consumed=0 quotaLimit=null models=null"
                                + " rateLimits=null");
        assertThat(ended.code()).isZero();
    }

    /** A lost event ends the program, which names it. */
    @ParameterizedTest
    @EnumSource
    void aGapIsNoticed(Example example) throws Exception {
        assumeRunnable(example);
        try (TestRelay relay = relay()) {
            relay.relay(
                    FIRST,
                    TestLedger.created(ACCOUNT, Restrictions.NONE, new LookupHash(1, 2, 3, 4)));
            ledger.lose(FIRST);
            relay.relay(FIRST, new TokenDisabled("leaked"));
        }

        Ended ended = run(example);

        assertThat(ended.output()).contains("event 2 is missing");
        assertThat(ended.code()).isNotZero();
    }

    /** No type of event is unknown to the examples: each is folded, or passed over by name. */
    @Test
    void theExamplesKnowEveryType() throws IOException {
        for (String file : List.of("TokenView.java", "token_view.py")) {
            String source = Files.readString(FOLDER.resolve(file));
            assertThat(Arrays.stream(EventType.values()).map(EventType::ceType))
                    .allMatch(type ->
                            source.contains(
                                    "\"" + type.substring("com.tokaify.ledger.".length()) + "\""));
        }
    }

    private TestRelay relay() {
        return new TestRelay(infrastructure.kafkaBootstrap(), ledger);
    }

    private static void assumeRunnable(Example example) throws Exception {
        if (example == Example.PYTHON) {
            Path python = Path.of(example.command.getFirst());
            assumeTrue(Files.isExecutable(python), "there is no Python here");
            Process probe =
                    new ProcessBuilder(python.toString(), "-c", "import confluent_kafka")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            assumeTrue(probe.waitFor() == 0, "confluent-kafka is not installed");
        }
    }

    private Ended run(Example example) throws Exception {
        List<String> command = new ArrayList<>(example.command);
        command.addAll(List.of(infrastructure.kafkaBootstrap(), "--once"));
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // a JVM that is given some says so
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        try (Stream<String> lines = Files.lines(output, StandardCharsets.UTF_8)) {
            return new Ended(
                    process.exitValue(),
                    String.join("\n", lines.filter(line -> !line.startsWith("SLF4J")).toList()));
        }
    }
}
