package com.tokaify.ledger.console.forward;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the services are.
 *
 * @param patience how long the head of an answer may take; its body may go on for ever
 */
@ConfigurationProperties("ledger.services")
public record ServiceSettings(URI command, URI query, URI enforcement, Duration patience) {

    public ServiceSettings {
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("LEDGER_SERVICE_PATIENCE must be positive");
        }
    }

    /** The address of one of them, by its name in the console's paths. */
    URI of(String service) {
        return switch (service) {
            case "command" -> command;
            case "query" -> query;
            case "enforcement" -> enforcement;
            case String other -> throw new IllegalArgumentException(other);
        };
    }
}
