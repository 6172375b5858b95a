package com.tokaify.ledger.enforcement.settings;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.kafka.Partitioning;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What this instance is to the ledger.
 *
 * @param partitions fixed for the life of a ledger
 * @param pepperFile 32 secret bytes, shared with command-service
 * @param instanceId names this instance in the usage it reports
 */
@ConfigurationProperties("ledger")
public record LedgerSettings(int partitions, Path pepperFile, String instanceId) {
    public LedgerSettings {
        new Partitioning(partitions);
        new Actor(Actor.Kind.GATEWAY, instanceId);
        FieldRules.required("LEDGER_PEPPER_FILE", pepperFile);
    }

    public Partitioning partitioning() {
        return new Partitioning(partitions);
    }

    public Actor reporter() {
        return new Actor(Actor.Kind.GATEWAY, instanceId);
    }
}
