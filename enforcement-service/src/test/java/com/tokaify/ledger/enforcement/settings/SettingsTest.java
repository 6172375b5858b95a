package com.tokaify.ledger.enforcement.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.enforcement.view.Freshness.WhenStale;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.service.access.AccessSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The service's own application.yaml, with variables given as the environment would. */
class SettingsTest {
    private static final String PEPPER = "--LEDGER_PEPPER_FILE=pepper";

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({
        LedgerSettings.class,
        KafkaSettings.class,
        UsageSettings.class,
        ViewSettings.class,
        ReservationSettings.class,
        ClientSettings.class,
        GrpcSettings.class,
        GatewaySettings.class,
        AccessSettings.class
    })
    static class OnlySettings {}

    /** What an operator gets who sets nothing but what has no default. */
    @Test
    void defaultsAreThoseOfTheDocumentation() {
        try (ConfigurableApplicationContext context = run(PEPPER)) {
            assertThat(context.getBean(LedgerSettings.class))
                    .isEqualTo(new LedgerSettings(64, Path.of("pepper"), "local"));
            assertThat(context.getBean(KafkaSettings.class))
                    .isEqualTo(new KafkaSettings("127.0.0.1:9092"));
            assertThat(context.getBean(UsageSettings.class))
                    .isEqualTo(
                            new UsageSettings(
                                    Duration.ofSeconds(2),
                                    128,
                                    null,
                                    DataSize.ofMegabytes(256),
                                    Duration.ofMinutes(10)));
            assertThat(context.getBean(ReservationSettings.class))
                    .isEqualTo(new ReservationSettings(Duration.ofMinutes(10), 100_000));
            assertThat(context.getBean(ViewSettings.class))
                    .isEqualTo(
                            new ViewSettings(
                                    null,
                                    Duration.ofMinutes(5),
                                    Duration.ofSeconds(30),
                                    WhenStale.CLOSED));
            assertThat(context.getBean(ClientSettings.class))
                    .isEqualTo(new ClientSettings(List.of("127.0.0.0/8", "::1")));
            assertThat(context.getBean(GrpcSettings.class))
                    .isEqualTo(new GrpcSettings(InetAddress.getLoopbackAddress(), 9083));
            assertThat(context.getBean(GatewaySettings.class))
                    .isEqualTo(new GatewaySettings(List.of()));
            assertThat(context.getBean(AccessSettings.class))
                    .isEqualTo(new AccessSettings(null, null, "tokaify-ledger", "role", "account"));
            assertThat(context.getEnvironment().getProperty("server.port")).isEqualTo("8083");
            assertThat(context.getEnvironment().getProperty("server.address"))
                    .isEqualTo("127.0.0.1");
        }
    }

    /** Every variable reaches its setting. */
    @Test
    void everyVariableIsHeard() {
        try (ConfigurableApplicationContext context =
                run(
                        PEPPER,
                        "--LEDGER_PARTITIONS=8",
                        "--LEDGER_INSTANCE_ID=edge-1",
                        "--LEDGER_KAFKA_BOOTSTRAP=kafka:1",
                        "--LEDGER_USAGE_TIMEOUT=3s",
                        "--LEDGER_USAGE_SPOOL_FOLDER=spool",
                        "--LEDGER_USAGE_SPOOL_SIZE=2MB",
                        "--LEDGER_USAGE_PENDING_TIMEOUT=5s",
                        "--LEDGER_RESERVATION_TIMEOUT=7s",
                        "--LEDGER_RESERVATION_MAX_HELD=9",
                        "--LEDGER_USAGE_MAX_IN_FLIGHT=3",
                        "--LEDGER_VIEW_SNAPSHOT_FOLDER=view",
                        "--LEDGER_VIEW_SNAPSHOT_EVERY=10s",
                        "--LEDGER_VIEW_STALENESS_LIMIT=5s",
                        "--LEDGER_VIEW_WHEN_STALE=open",
                        "--LEDGER_TRUSTED_PROXIES=10.0.0.0/8, 2001:db8::1",
                        "--LEDGER_GATEWAY_KEYS=a=" + "0".repeat(64) + ", b=" + "1".repeat(64),
                        "--LEDGER_ACCESS_ISSUER=https://issuer.example",
                        "--LEDGER_BIND_ADDRESS=0.0.0.0",
                        "--LEDGER_ENFORCEMENT_GRPC_PORT=1235",
                        "--LEDGER_ENFORCEMENT_PORT=1234")) {
            assertThat(context.getBean(LedgerSettings.class))
                    .isEqualTo(new LedgerSettings(8, Path.of("pepper"), "edge-1"));
            assertThat(context.getBean(KafkaSettings.class))
                    .isEqualTo(new KafkaSettings("kafka:1"));
            assertThat(context.getBean(UsageSettings.class))
                    .isEqualTo(
                            new UsageSettings(
                                    Duration.ofSeconds(3),
                                    3,
                                    Path.of("spool"),
                                    DataSize.ofMegabytes(2),
                                    Duration.ofSeconds(5)));
            assertThat(context.getBean(ReservationSettings.class))
                    .isEqualTo(new ReservationSettings(Duration.ofSeconds(7), 9));
            assertThat(context.getBean(ViewSettings.class))
                    .isEqualTo(
                            new ViewSettings(
                                    Path.of("view"),
                                    Duration.ofSeconds(10),
                                    Duration.ofSeconds(5),
                                    WhenStale.OPEN));
            assertThat(context.getBean(ClientSettings.class).proxies().ranges())
                    .containsExactly(IpRange.parse("10.0.0.0/8"), IpRange.parse("2001:db8::1"));
            assertThat(context.getBean(GrpcSettings.class).socket())
                    .isEqualTo(new InetSocketAddress("0.0.0.0", 1235));
            assertThat(context.getBean(GatewaySettings.class).known())
                    .hasToString("2 gateway keys");
            assertThat(context.getBean(AccessSettings.class).issuer())
                    .isEqualTo("https://issuer.example");
            assertThat(context.getEnvironment().getProperty("server.port")).isEqualTo("1234");
        }
    }

    /** Empty is a choice: then every peer is the client itself. */
    @Test
    void nobodyNeedBeTrusted() {
        try (ConfigurableApplicationContext context = run(PEPPER, "--LEDGER_TRUSTED_PROXIES=")) {
            assertThat(context.getBean(ClientSettings.class).proxies().ranges()).isEmpty();
        }
    }

    /** Spring would rewrite the peer by rules of its own where it sees Kubernetes. */
    @Test
    void nobodyElseDecidesWhoTheClientIs() {
        try (ConfigurableApplicationContext context = run(PEPPER)) {
            assertThat(context.getEnvironment().getProperty("server.forward-headers-strategy"))
                    .isEqualTo("none");
        }
    }

    /** The common settings give every service virtual threads; this one has said otherwise. */
    @Test
    void checksRunOnPlatformThreads() {
        try (ConfigurableApplicationContext context = run(PEPPER)) {
            assertThat(context.getEnvironment().getProperty("spring.threads.virtual.enabled"))
                    .isEqualTo("false");
        }
    }

    /** A setting that cannot work ends the start and is named. */
    @ParameterizedTest
    @CsvSource({
        "LEDGER_PARTITIONS,          0,     partitions must be",
        "LEDGER_INSTANCE_ID,         a b,   actor must have an id",
        "LEDGER_USAGE_TIMEOUT,       999ms, LEDGER_USAGE_TIMEOUT must be 1s to 60s",
        "LEDGER_USAGE_TIMEOUT,       61s,   LEDGER_USAGE_TIMEOUT must be 1s to 60s",
        "LEDGER_USAGE_MAX_IN_FLIGHT, 0,     LEDGER_USAGE_MAX_IN_FLIGHT must be at least 1",
        "LEDGER_ENFORCEMENT_GRPC_PORT, 65536, LEDGER_ENFORCEMENT_GRPC_PORT must be a port from 0",
        "LEDGER_VIEW_SNAPSHOT_EVERY, 999ms, LEDGER_VIEW_SNAPSHOT_EVERY must be 1s to 1d",
        "LEDGER_VIEW_SNAPSHOT_EVERY, 25h,   LEDGER_VIEW_SNAPSHOT_EVERY must be 1s to 1d",
        "LEDGER_VIEW_STALENESS_LIMIT, 1s,   LEDGER_VIEW_STALENESS_LIMIT must be 2s to 1d",
        "LEDGER_VIEW_STALENESS_LIMIT, 25h,  LEDGER_VIEW_STALENESS_LIMIT must be 2s to 1d",
        "LEDGER_VIEW_WHEN_STALE,     ajar,  WhenStale.ajar",
        "LEDGER_USAGE_SPOOL_SIZE,    1000B, LEDGER_USAGE_SPOOL_SIZE must be at least 1MB",
        "LEDGER_USAGE_PENDING_TIMEOUT, 0s,  LEDGER_USAGE_PENDING_TIMEOUT must be 1s to 24h",
        "LEDGER_RESERVATION_TIMEOUT, 61m,   LEDGER_RESERVATION_TIMEOUT must be 1s to 1h",
        "LEDGER_RESERVATION_MAX_HELD, 0,    LEDGER_RESERVATION_MAX_HELD must be at least 1",
        "LEDGER_GATEWAY_KEYS,        a=b,   LEDGER_GATEWAY_KEYS must be name=digest",
        "LEDGER_TRUSTED_PROXIES,     a,     LEDGER_TRUSTED_PROXIES must be an IPv4 or IPv6 address"
    })
    void whatCannotWorkIsNamed(String variable, String value, String message) {
        assertThatThrownBy(
                        () -> {
                            try (ConfigurableApplicationContext _ =
                                    run(PEPPER, "--" + variable + "=" + value)) {
                                // the start itself must fail
                            }
                        })
                .rootCause()
                .hasMessageContaining(message);
    }

    /** Without a pepper no secret can be known, so there is no default. */
    @Test
    void thePepperFileIsRequired() {
        assertThatThrownBy(SettingsTest::run)
                .rootCause()
                .hasMessage("LEDGER_PEPPER_FILE is required");
    }

    private static ConfigurableApplicationContext run(String... variables) {
        return new SpringApplicationBuilder(OnlySettings.class)
                .web(WebApplicationType.NONE)
                .run(variables);
    }
}
