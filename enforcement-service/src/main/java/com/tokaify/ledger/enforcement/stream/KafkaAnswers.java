package com.tokaify.ledger.enforcement.stream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Whether Kafka still talks to the reader. An empty poll does not tell: it is the same where
 * nothing has happened and where the broker is away. The consumer's own count of answered fetches
 * does: a broker that has nothing new says so about twice a second. Only the reader's thread uses
 * it.
 */
final class KafkaAnswers {
    private static final String GROUP = "consumer-fetch-manager-metrics";
    private static final String NAME = "fetch-total";

    private final Consumer<?, ?> consumer;
    private @Nullable Metric fetches;
    private double counted;

    KafkaAnswers(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** Whether one has come since this was asked before. */
    boolean haveCome() {
        Metric metric = fetches();
        if (metric == null) {
            return false;
        }
        double now = (Double) metric.metricValue();
        boolean more = now > counted;
        counted = now;
        return more;
    }

    /** Found once: going through all metrics would take longer than the poll. */
    private @Nullable Metric fetches() {
        if (fetches == null) {
            fetches =
                    consumer.metrics().entrySet().stream()
                            .filter(entry ->
                                    entry.getKey().group().equals(GROUP)
                                            && entry.getKey().name().equals(NAME)
                                            && !entry.getKey().tags().containsKey("topic"))
                            .findFirst()
                            .map(entry -> (Metric) entry.getValue())
                            .orElse(null);
        }
        return fetches;
    }
}
