package com.tokaify.ledger.query.seal;

import com.tokaify.ledger.query.projection.StreamSettings;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the publication of seals together, beside the views and independent of them. */
@Configuration(proxyBeanMethods = false)
class SealConfiguration {

    @Bean
    SealTables sealTables(HikariDataSource source, Flyway views) {
        return SealTables.in(source, views);
    }

    @Bean
    SealedLog sealedLog(SealTables tables) {
        return tables.log();
    }

    @Bean
    PublishedKey publishedKey(SealSettings settings) {
        return new PublishedKey(settings);
    }

    @Bean
    Entries entries(SealedLog log, JdbcClient views) {
        return new Entries(log, views);
    }

    @Bean
    SealTail sealTail(StreamSettings stream, SealTables tables, PublishedKey key) {
        return new SealTail(() -> consumer(stream), tables, key, stream.retryPause());
    }

    /** The name is the one health is told under. */
    @Bean
    SealHealth seals(SealTail tail) {
        return new SealHealth(tail);
    }

    private static Consumer<byte[], byte[]> consumer(StreamSettings stream) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stream.bootstrap(),
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "ledger-query-seals",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        // Sizes that are there are skipped, and a gap is noticed.
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        20,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        10_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
