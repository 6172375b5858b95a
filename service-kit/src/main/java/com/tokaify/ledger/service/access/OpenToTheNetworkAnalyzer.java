package com.tokaify.ledger.service.access;

import java.util.Objects;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to set, in place of a stack trace. */
class OpenToTheNetworkAnalyzer extends AbstractFailureAnalyzer<OpenToTheNetwork> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, OpenToTheNetwork cause) {
        return new FailureAnalysis(
                Objects.requireNonNull(cause.getMessage()),
                "Set LEDGER_ACCESS_ISSUER to the URL of who issues access tokens, or"
                        + " LEDGER_BIND_ADDRESS to 127.0.0.1.",
                cause);
    }
}
