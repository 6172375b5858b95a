package com.tokaify.ledger.enforcement.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param bootstrap where the brokers are, host:port
 */
@ConfigurationProperties("ledger.kafka")
public record KafkaSettings(String bootstrap) {}
