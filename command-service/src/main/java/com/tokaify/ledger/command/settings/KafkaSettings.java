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

    /**
     * How long a broker may take to answer. Shorter than Kafka's own, or a service that is told to
     * end while Kafka is away would not do so for a minute.
     */
    private static final int REQUEST_MILLIS = 10_000;

    private static final int CALL_MILLIS = 15_000;

    /** What every client of ours begins with. */
    public Map<String, Object> client() {
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
                REQUEST_MILLIS,
                CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
                CALL_MILLIS);
    }
}
