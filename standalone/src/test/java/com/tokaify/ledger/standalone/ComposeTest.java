package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.standalone.ComposeFile.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The compose files, held to the specification, to the services' settings, and to what {@code
 * ./ledger up} does. Where there is no Docker this is all that can be said of them.
 */
class ComposeTest {
    private static final ComposeFile ONE_OF_EACH = ComposeFile.read("docker-compose.yml");
    private static final ComposeFile CLUSTER = ComposeFile.read("compose.cluster.yml");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A folder each service finds its secrets in, and in it what Spring reads as settings. */
    private static final String SECRETS = "/run/ledger/";

    private static final String STATE = "/var/lib/ledger/";

    /** What Java itself reads. */
    private static final String HEAP = "JDK_JAVA_OPTIONS";

    /** Gets tokens of any role: for a person's own machine, never in production. */
    private static final String LOCAL_CLIENT = "LEDGER_LOCAL_CLIENT_SECRET_FILE";

    private static final Pattern PINNED =
            Pattern.compile("[a-z0-9/.-]+:v?[0-9]+\\.[0-9][A-Za-z0-9.+_-]*(@sha256:[0-9a-f]{64})?");

    @TempDir private static Path folder;

    /** What is made for the containers, by its path. */
    private static Map<String, String> made;

    /** What ./ledger up would start, from jars that are not there, by module. */
    private static Map<String, ServiceChild> children;

    @BeforeAll
    static void lookAtBoth() throws Exception {
        made = MadeSecrets.in(folder.resolve("secrets"));
        Path jars = Files.createDirectories(folder.resolve("jars"));
        for (String name :
                List.of("command-service", "query-service", "enforcement-service", "console")) {
            Files.createFile(jars.resolve(name + ".jar"));
        }
        LocalFolder local = LocalFolder.at(folder.resolve("data"));
        children =
                LedgerChildren.of(
                                Map.of(),
                                Addresses.from(Map.of()),
                                local,
                                Credentials.in(local),
                                jars)
                        .getLast()
                        .stream()
                        .map(ServiceChild.class::cast)
                        .collect(Collectors.toMap(ServiceChild::name, child -> child));
    }

    static List<ComposeFile> files() {
        return List.of(ONE_OF_EACH, CLUSTER);
    }

    static List<Service> ours() {
        return files().stream().flatMap(file -> file.ours().stream()).toList();
    }

    /** The compose specification's own schema takes them; the folder says where it is from. */
    @ParameterizedTest
    @MethodSource("files")
    void filesAreValidByTheSpecification(ComposeFile file) {
        JsonNode schema = JSON.readTree(Path.of("src/test/resources/compose/compose-spec.json"));
        // A project's name came later; the dialect is known by another address, and has no "id".
        ((ObjectNode) schema).remove("$schema");
        schema.findParents("id").forEach(ComposeTest::withoutItsName);
        ((ObjectNode) schema.path("properties")).putObject("name").put("type", "string");
        Schema specification =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
                        .getSchema(schema);
        assertThat(specification.validate(JSON.valueToTree(file.content()))).isEmpty();
        ObjectNode wrong = JSON.valueToTree(file.content());
        ((ObjectNode) wrong.path("services").path("init")).put("read-only", true);
        assertThat(specification.validate(wrong)).as("it sees what is wrong").isNotEmpty();
    }

    private static void withoutItsName(JsonNode schema) {
        if (schema.path("id").isString()) {
            ((ObjectNode) schema).remove("id");
        }
    }

    /** Whoever starts it in a year gets the same. */
    @ParameterizedTest
    @MethodSource("files")
    void imagesArePinnedByVersion(ComposeFile file) throws Exception {
        assertThat(file.services()).hasSizeGreaterThan(5);
        for (Service service : file.services()) {
            assertThat(service.image()).as(service.name()).matches(PINNED);
        }
        String version =
                Files.readString(Path.of("pom.xml")).replaceAll("(?s).*?<version>(.*?)<.*", "$1");
        for (Service service : file.ours()) {
            assertThat(service.image())
                    .isEqualTo("tokaify/ledger-" + service.module() + ":" + version);
        }
    }

    /** The broker in the container is of the version the services are tested with. */
    @ParameterizedTest
    @MethodSource("files")
    void kafkaIsOfTheVersionThatIsTested(ComposeFile file) throws Exception {
        String pom = Files.readString(ComposeFile.TOP.resolve("pom.xml"));
        String version = pom.replaceAll("(?s).*<kafka.version>(.*?)</kafka.version>.*", "$1");
        assertThat(kafkas(file)).isNotEmpty();
        for (Service broker : kafkas(file)) {
            assertThat(broker.image()).isEqualTo("apache/kafka:" + version);
        }
        String postgres =
                pom.replaceAll("(?s).*<postgres-binaries.version>([0-9]+\\.[0-9]+).*", "$1");
        assertThat(file.service("postgresql").image()).isEqualTo("postgres:" + postgres);
    }

    /** A knob that is misspelt would be a knob that does nothing. */
    @ParameterizedTest
    @MethodSource("ours")
    void servicesAreToldNothingTheyDoNotRead(Service service) {
        assertThat(Knobs.of(service.module()).names())
                .containsAll(
                        service.environment().keySet().stream()
                                .filter(name -> !name.equals(HEAP))
                                .toList());
    }

    /**
     * What ./ledger up tells a service it is told here: as a variable, or as a file of its name.
     */
    @ParameterizedTest
    @MethodSource("ours")
    void servicesAreToldAllTheyNeed(Service service) {
        Set<String> told = new HashSet<>(service.environment().keySet());
        told.addAll(settingsFilesOf(service));
        assertThat(told).containsAll(Knobs.of(service.module()).required());
        Set<String> onOneMachine = new HashSet<>(child(service.module()).environment().keySet());
        onOneMachine.remove(LOCAL_CLIENT);
        assertThat(told).containsAll(onOneMachine);
        // Others are found by name and not on this machine.
        assertThat(told).contains("LEDGER_BIND_ADDRESS");
        if (Knobs.of(service.module()).names().contains("LEDGER_KAFKA_BOOTSTRAP")) {
            assertThat(told).contains("LEDGER_KAFKA_BOOTSTRAP");
        }
        assertThat(told).doesNotContain(LOCAL_CLIENT);
    }

    /** Files that a service is told of lie where its secrets are, or where it may write itself. */
    @ParameterizedTest
    @MethodSource("ours")
    void filesTheyAreToldOfAreThere(Service service) {
        String own = secretsFolder(service);
        service.environment()
                .forEach((name, value) -> {
                    if (name.endsWith("_FILE") || name.endsWith("_FOLDER")) {
                        if (value.startsWith(SECRETS)) {
                            assertThat(made)
                                    .containsKey(own + "/" + value.substring(SECRETS.length()));
                        } else {
                            assertThat(value).as(name).startsWith(STATE);
                            assertThat(service.list("volumes"))
                                    .anyMatch(volume -> volume.endsWith(":/var/lib/ledger"));
                        }
                    }
                });
    }

    /** A secret is in a file that is made at the first start, never in the repository. */
    @ParameterizedTest
    @MethodSource("files")
    void noSecretIsWrittenDown(ComposeFile file) {
        for (Service service : file.services()) {
            service.environment()
                    .forEach((name, value) -> {
                        if (name.matches(".*(PASSWORD|SECRET|TOKEN|PEPPER|KEYS?)(_.*)?")
                                && !name.endsWith("_URL")
                                // Public, as the keys that addresses give.
                                && !name.equals("LEDGER_SEAL_VERIFIER_KEY")) {
                            assertThat(name).as(service.name()).matches(".*_(FILE|FOLDER)");
                            assertThat(value).startsWith("/");
                        }
                        assertThat(value).as(name).doesNotContainPattern("://[^/]*:[^/]*@");
                    });
        }
    }

    /** Each sees its own secrets, and nobody may write them but who makes them. */
    @ParameterizedTest
    @MethodSource("files")
    void secretsAreReadOnlyAndEachOnesOwn(ComposeFile file) {
        for (Service service : file.services()) {
            if (!service.name().equals("init")) {
                List<String> secrets =
                        service.list("volumes").stream()
                                .filter(volume -> volume.startsWith("secrets-"))
                                .toList();
                assertThat(secrets).as(service.name()).hasSizeLessThanOrEqualTo(1);
                assertThat(secrets).allMatch(volume -> volume.endsWith(":/run/ledger:ro"));
            }
        }
        assertThat(file.ours()).allMatch(service -> !secretsFolder(service).isEmpty());
    }

    /** What is broken into stays small. */
    @ParameterizedTest
    @MethodSource("ours")
    void servicesMayDoAsLittleAsPossible(Service service) {
        assertThat(service.content()).containsEntry("read_only", true);
        assertThat(service.list("cap_drop")).containsExactly("ALL");
        assertThat(service.list("security_opt")).containsExactly("no-new-privileges:true");
        assertThat(service.content()).doesNotContainKeys("cap_add", "privileged", "user");
    }

    /** The same memory as on one machine, and the port its image asks itself on. */
    @ParameterizedTest
    @MethodSource("ours")
    void heapsAndPortsAreThoseOfOneMachine(Service service) {
        ServiceChild child = child(service.module());
        assertThat(service.environment()).containsEntry(HEAP, "-Xmx" + child.heap().size());
        assertThat(service.buildArguments())
                .containsEntry("PORT", Integer.toString(child.port().defaultNumber()));
    }

    /** Everybody finds everything where ./ledger up has it, on loopback unless said otherwise. */
    @Test
    void portsOfThisMachineAreTheUsualOnes() {
        Set<String> published =
                ONE_OF_EACH.services().stream()
                        .filter(service -> !service.content().containsKey("profiles"))
                        .flatMap(service -> service.list("ports").stream())
                        .map(port -> port.substring(0, port.lastIndexOf(':')))
                        .collect(Collectors.toSet());
        assertThat(published)
                .isEqualTo(
                        Stream.of(LedgerPort.values())
                                .map(port -> "127.0.0.1:" + port.defaultNumber())
                                .collect(Collectors.toSet()));
        assertThat(files())
                .allSatisfy(file ->
                        assertThat(file.services().stream().flatMap(s -> s.list("ports").stream()))
                                .allMatch(port -> port.startsWith("127.0.0.1:")));
    }

    /** What is mounted from the repository is in the repository. */
    @ParameterizedTest
    @MethodSource("files")
    void mountedFilesExist(ComposeFile file) {
        List<String> mounted =
                file.services().stream()
                        .flatMap(service -> service.list("volumes").stream())
                        .filter(volume -> volume.startsWith("."))
                        .map(volume -> volume.substring(0, volume.indexOf(':')))
                        .toList();
        assertThat(mounted).isNotEmpty();
        assertThat(mounted).allMatch(path -> Files.exists(ComposeFile.TOP.resolve(path)));
    }

    /** A broker setting that is misspelt is passed over by the image in silence. */
    @ParameterizedTest
    @MethodSource("files")
    void brokersTakeTheirSettings(ComposeFile file) {
        Set<String> nodes = new HashSet<>();
        for (Service broker : kafkas(file)) {
            Map<String, String> settings = brokerSettings(broker);
            assertThat(AbstractKafkaConfig.CONFIG_DEF.names()).containsAll(settings.keySet());
            KafkaConfig config = KafkaConfig.fromProps(properties(settings));
            assertThat(config.autoCreateTopicsEnable()).isFalse();
            assertThat(config.logRetentionTimeMillis()).isEqualTo(-1);
            assertThat(settings.get("controller.quorum.voters"))
                    .contains(config.nodeId() + "@" + broker.name() + ":19093");
            assertThat(nodes.add(broker.environment().get("KAFKA_NODE_ID"))).isTrue();
            String cluster = broker.environment().getOrDefault("CLUSTER_ID", "");
            assertThat(Uuid.fromString(cluster)).hasToString(cluster);
        }
    }

    /** One broker may be away, and nothing is acknowledged that only one has. */
    @Test
    void theClusterKeepsThreeCopiesAndWritesTwo() {
        assertThat(kafkas(CLUSTER)).hasSize(3);
        for (Service broker : kafkas(CLUSTER)) {
            Map<String, String> settings = brokerSettings(broker);
            settings.forEach((name, value) -> {
                if (name.endsWith("replication.factor")) {
                    assertThat(value).as(name).isEqualTo("3");
                }
                if (name.endsWith("min.isr") || name.endsWith("min.insync.replicas")) {
                    assertThat(value).as(name).isEqualTo("2");
                }
            });
            assertThat(settings)
                    .containsKeys("transaction.state.log.min.isr", "min.insync.replicas");
        }
        for (Service service : CLUSTER.ours()) {
            if (service.module().equals("command-service")) {
                assertThat(service.environment()).containsEntry("LEDGER_REPLICATION_FACTOR", "3");
            }
        }
    }

    /** Two of each, with all that must be each one's own its own. */
    @Test
    void theClusterHasTwoOfEachService() {
        Map<String, List<Service>> instances =
                CLUSTER.ours().stream().collect(Collectors.groupingBy(Service::module));
        assertThat(instances).hasSize(4);
        assertThat(instances.values()).allMatch(each -> each.size() == 2);
        List<Service> guards = instances.getOrDefault("enforcement-service", List.of());
        assertThat(guards.stream().map(each -> each.environment().get("LEDGER_INSTANCE_ID")))
                .doesNotHaveDuplicates();
        assertThat(guards.stream().map(each -> each.list("volumes").getLast()))
                .as("snapshots and spool")
                .doesNotHaveDuplicates();
        for (String shared : new String[] {"command", "console"}) {
            assertThat(CLUSTER.ours().stream().filter(each -> each.name().startsWith(shared)))
                    .as("keys that instances share")
                    .allMatch(each -> each.mountOf(shared).equals("/var/lib/ledger"));
        }
    }

    /** Somebody who waits for a container that does not exist waits in vain. */
    @ParameterizedTest
    @MethodSource("files")
    void hostsThatAreNamedExist(ComposeFile file) {
        Set<String> hosts = new HashSet<>();
        for (Service service : file.services()) {
            hosts.add(service.name());
            if (service.content().get("networks") instanceof Map<?, ?> networks
                    && networks.get("default") instanceof Map<?, ?> network
                    && network.get("aliases") instanceof List<?> aliases) {
                aliases.forEach(alias -> hosts.add(String.valueOf(alias)));
            }
        }
        Pattern named =
                Pattern.compile("(?:http://|postgresql://|@|,|^)([a-z][a-z0-9-]*):[0-9]{4,5}");
        for (Service service : file.ours()) {
            service.environment()
                    .forEach((name, value) -> {
                        if (!name.equals("LEDGER_CONSOLE_URL")
                                && !name.equals("LEDGER_ACCESS_ISSUER")) {
                            assertThat(named.matcher(value).results().map(found -> found.group(1)))
                                    .as(service.name() + " " + name)
                                    .isSubsetOf(hosts);
                        }
                    });
        }
    }

    private static List<Service> kafkas(ComposeFile file) {
        return file.services().stream()
                .filter(service -> service.image().startsWith("apache/kafka"))
                .toList();
    }

    /** As the image makes a broker's properties of its variables. */
    private static Map<String, String> brokerSettings(Service broker) {
        Map<String, String> settings = new HashMap<>();
        broker.environment()
                .forEach((name, value) -> {
                    if (name.startsWith("KAFKA_") && !name.equals("KAFKA_HEAP_OPTS")) {
                        settings.put(
                                name.substring("KAFKA_".length())
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '.'),
                                value);
                    }
                });
        return settings;
    }

    private static Properties properties(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        return properties;
    }

    /** The folder of the secrets volume it sees, as make-secrets.sh names it. */
    private static String secretsFolder(Service service) {
        return service.list("volumes").stream()
                .filter(volume -> volume.startsWith("secrets-"))
                .map(volume -> volume.substring("secrets-".length(), volume.indexOf(':')))
                .findFirst()
                .orElse("");
    }

    private static List<String> settingsFilesOf(Service service) {
        String prefix = secretsFolder(service) + "/settings/";
        return made.keySet().stream()
                .filter(file -> file.startsWith(prefix))
                .map(file -> file.substring(prefix.length()))
                .toList();
    }

    private static ServiceChild child(String module) {
        return Objects.requireNonNull(children.get(module), module);
    }
}
