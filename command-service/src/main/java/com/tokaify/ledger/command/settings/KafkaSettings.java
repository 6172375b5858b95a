package com.tokaify.ledger.command.settings;

import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param bootstrap where the brokers are, host:port
 * @param replicationFactor of topics this service creates; 1 is for a single broker only
 * @param relayGroup names the relay: instances of one group fence each other
 */
@ConfigurationProperties("ledger.kafka")
public record KafkaSettings(String bootstrap, short replicationFactor, String relayGroup) {

    /** What every client of ours begins with. */
    public Map<String, Object> client() {
        return Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    }
}
