package com.tokaify.ledger.console.forward;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the services are.
 *
 * @param enforcement every instance of it: each knows what it knows by itself, and is asked for it
 * @param patience how long the head of an answer may take; its body may go on for ever
 */
@ConfigurationProperties("ledger.services")
public record ServiceSettings(URI command, URI query, List<URI> enforcement, Duration patience) {
    /** The page asks each of them after every switch. */
    private static final int MOST_INSTANCES = 50;

    public ServiceSettings {
        enforcement = List.copyOf(enforcement);
        if (enforcement.isEmpty() || enforcement.size() > MOST_INSTANCES) {
            throw new IllegalArgumentException(
                    "LEDGER_ENFORCEMENT_URLS must name 1 to " + MOST_INSTANCES + " instances");
        }
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("LEDGER_SERVICE_PATIENCE must be positive");
        }
    }

    /**
     * Who may be asked, by the service's name in the console's paths: the first of them that is
     * there.
     */
    List<URI> of(String service) {
        return switch (service) {
            case "command" -> List.of(command);
            case "query" -> List.of(query);
            case "enforcement" -> enforcement;
            case String other -> throw new IllegalArgumentException(other);
        };
    }

    /** One instance of enforcement-service, by its number from 1. */
    Optional<URI> enforcement(int number) {
        return number < 1 || number > enforcement.size()
                ? Optional.empty()
                : Optional.of(enforcement.get(number - 1));
    }
}
