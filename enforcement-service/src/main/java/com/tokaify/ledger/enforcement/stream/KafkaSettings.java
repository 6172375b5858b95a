package com.tokaify.ledger.enforcement.stream;

import com.tokaify.ledger.events.kafka.Partitioning;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the ledger's topics are.
 *
 * @param bootstrap brokers as {@code host:port}, separated by commas
 * @param partitions of both topics; fixed for the life of a ledger
 */
@ConfigurationProperties("ledger.kafka")
public record KafkaSettings(String bootstrap, int partitions) {
    public KafkaSettings {
        if (bootstrap.isBlank()) {
            throw new IllegalArgumentException("LEDGER_KAFKA_BOOTSTRAP must name a broker");
        }
        new Partitioning(partitions);
    }

    public Partitioning partitioning() {
        return new Partitioning(partitions);
    }
}
