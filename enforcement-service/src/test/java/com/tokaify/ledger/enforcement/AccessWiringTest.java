package com.tokaify.ledger.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.enforcement.access.Callers;
import com.tokaify.ledger.enforcement.access.TestKeys;
import com.tokaify.ledger.enforcement.settings.GatewaySettings;
import com.tokaify.ledger.enforcement.settings.GrpcSettings;
import com.tokaify.ledger.enforcement.settings.LedgerSettings;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.problem.ProblemException;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** When the service is open, and to whom. */
class AccessWiringTest {
    private static final String KEYS =
            "--LEDGER_GATEWAY_KEYS=edge-1=" + TestKeys.digest("edge-key");

    /** Not annotated as a configuration, or the service's own scan would find it in other tests. */
    @EnableConfigurationProperties({
        LedgerSettings.class,
        GatewaySettings.class,
        GrpcSettings.class
    })
    @Import(AccessWiring.class)
    static class OnlyAccess {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }

    /** Where nothing is configured, whoever is on this machine reports in the instance's name. */
    @Test
    void onLoopbackItIsOpen() {
        try (ConfigurableApplicationContext context = run("--LEDGER_INSTANCE_ID=edge-7")) {
            Access anybody = context.getBean(Callers.class).find(null, null);
            assertThat(anybody.actor()).hasToString("gateway:edge-7");
        }
    }

    /** Nobody is open to a network by forgetting something, over HTTP or over gRPC. */
    @ParameterizedTest
    @ValueSource(strings = {"--LEDGER_BIND_ADDRESS=0.0.0.0", "--ledger.grpc.address=0.0.0.0"})
    void toANetworkItIsNeverOpen(String address) {
        assertThatThrownBy(() -> run(address).close())
                .rootCause()
                .hasMessageContaining("would listen on 0.0.0.0");
    }

    /** With keys or an issuer it listens anywhere, and lets in nobody else. */
    @Test
    void withKeysOrAnIssuerNobodyElseIsLetIn() {
        for (String known : new String[] {KEYS, "--LEDGER_ACCESS_ISSUER=https://issuer.example"}) {
            try (ConfigurableApplicationContext context =
                    run("--LEDGER_BIND_ADDRESS=0.0.0.0", known)) {
                Callers callers = context.getBean(Callers.class);
                assertThatThrownBy(() -> callers.find(null, null))
                        .isInstanceOf(ProblemException.class);
                assertThatThrownBy(() -> callers.find("another-key", null))
                        .isInstanceOf(ProblemException.class);
            }
        }
    }

    private static ConfigurableApplicationContext run(String... variables) {
        String[] all = new String[variables.length + 1];
        all[0] = "--LEDGER_PEPPER_FILE=pepper";
        System.arraycopy(variables, 0, all, 1, variables.length);
        return new SpringApplicationBuilder(OnlyAccess.class).web(WebApplicationType.NONE).run(all);
    }
}
