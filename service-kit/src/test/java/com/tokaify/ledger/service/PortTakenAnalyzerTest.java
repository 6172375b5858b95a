package com.tokaify.ledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class PortTakenAnalyzerTest {
    private final StandardEnvironment environment = new StandardEnvironment();
    private final PortTakenAnalyzer analyzer = new PortTakenAnalyzer(environment);

    /** Whoever reads it knows which variable moves the port that is taken, and no other. */
    @Test
    void eachPortIsNamedWithItsOwnVariable() {
        environment
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(
                                "service", Map.of("ledger.port-variable", "LEDGER_HTTP_PORT")));

        assertThat(analyzer.analyze(new IllegalStateException(new PortInUseException(8083))))
                .extracting(FailureAnalysis::getDescription, FailureAnalysis::getAction)
                .containsExactly(
                        "Port 8083 is taken.",
                        "Stop what listens there, or set LEDGER_HTTP_PORT to another port.");
        assertThat(
                        analyzer.analyze(
                                new IllegalStateException(
                                        new PortTaken(
                                                9083, "LEDGER_GRPC_PORT", new IOException()))))
                .extracting(FailureAnalysis::getDescription, FailureAnalysis::getAction)
                .containsExactly(
                        "Port 9083 is taken.",
                        "Stop what listens there, or set LEDGER_GRPC_PORT to another port.");
    }
}
