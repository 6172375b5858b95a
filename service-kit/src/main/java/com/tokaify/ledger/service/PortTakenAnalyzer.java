package com.tokaify.ledger.service;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Says which environment variable moves the service when its port is taken. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class PortTakenAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {
    private final Environment environment;

    PortTakenAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
        String variable =
                cause instanceof PortTaken other
                        ? other.variable()
                        : environment.getRequiredProperty("ledger.port-variable");
        return new FailureAnalysis(
                "Port " + cause.getPort() + " is taken.",
                "Stop what listens there, or set " + variable + " to another port.",
                cause);
    }
}
