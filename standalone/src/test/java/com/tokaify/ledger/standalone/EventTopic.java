package com.tokaify.ledger.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The topic {@code ledger.events} as a stranger reads it: plain headers and JSON, none of our own
 * classes. Its checks are the independent judge of the crash tests.
 */
record EventTopic(List<Event> events) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PREFIX = "com.tokaify.ledger.";

    /**
     * @param type without namespace, e.g. {@code token-created.v1}
     * @param traceParent where in a trace it came about; null mostly
     */
    record Event(
            int partition,
            long pseq,
            String id,
            String type,
            String subject,
            long sequence,
            JsonNode data,
            @Nullable String traceParent) {}

    /** Reads all that is committed at this moment. */
    static EventTopic read(int kafkaPort) {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers", "127.0.0.1:" + kafkaPort,
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor("ledger.events").stream()
                            .map(each -> new TopicPartition(each.topic(), each.partition()))
                            .toList();
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<Event> events = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(each -> consumer.position(each) < end.getOrDefault(each, 0L))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> events.add(event(record)));
            }
            return new EventTopic(events);
        }
    }

    private static Event event(ConsumerRecord<String, String> record) {
        assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(record, "content-type")).isEqualTo("application/json");
        assertThat(header(record, "ce_subject")).isEqualTo(record.key());
        String type = header(record, "ce_type");
        assertThat(type).startsWith(PREFIX);
        return new Event(
                record.partition(),
                Long.parseLong(header(record, "pseq")),
                header(record, "ce_id"),
                type.substring(PREFIX.length()),
                record.key(),
                Long.parseLong(header(record, "ce_sequence")),
                JSON.readTree(record.value()),
                optional(record, "ce_traceparent"));
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        String header = optional(record, name);
        assertThat(header).as("the header " + name + " of " + record).isNotNull();
        return Objects.requireNonNull(header);
    }

    private static @Nullable String optional(ConsumerRecord<String, String> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    /**
     * Nothing is missing, nothing comes twice, nothing is out of order: in each partition and in
     * each stream.
     */
    void mustBeComplete() {
        Map<Integer, Long> pseqs = new HashMap<>();
        Map<String, Long> sequences = new HashMap<>();
        for (Event event : events) {
            assertThat(event.pseq())
                    .as("pseq of " + event)
                    .isEqualTo(pseqs.merge(event.partition(), 1L, Long::sum));
            assertThat(event.sequence() + 1)
                    .as("sequence of " + event)
                    .isEqualTo(sequences.merge(event.subject(), 1L, Long::sum));
            assertThat(event.id()).isEqualTo(event.subject() + ":" + event.sequence());
        }
    }

    int size() {
        return events.size();
    }

    List<Event> of(String subject) {
        return events.stream().filter(event -> event.subject().equals(subject)).toList();
    }

    /**
     * What must hold of a token's usage whatever died meanwhile, once all that was acknowledged of
     * it is there: each was booked once, none that nobody has sent, and nothing else on the topic
     * is missing, doubled or out of order.
     *
     * @param topic reads it anew
     * @param sent usage ids that were reported, answered or not; what settlements are booked under
     *     the ledger tells in its answer, which may have been lost
     */
    static EventTopic mustBookOnce(
            Duration limit,
            Callable<EventTopic> topic,
            String token,
            Set<String> acknowledged,
            Set<String> sent) {
        EventTopic read =
                Await.until(
                        limit,
                        "all acknowledged usage is on the topic",
                        topic,
                        seen -> seen.bookings(token).keySet().containsAll(acknowledged));
        read.mustBeComplete();
        Map<String, Long> bookings = read.bookings(token);
        assertThat(bookings.values()).containsOnly(1L);
        assertThat(bookings.keySet())
                .allMatch(usageId -> sent.contains(usageId) || usageId.startsWith("rsv_"));
        return read;
    }

    /** How often each usage of a token was booked. */
    Map<String, Long> bookings(String token) {
        Map<String, Long> bookings = new HashMap<>();
        for (Event event : of(token)) {
            if (event.type().equals("quota-consumed.v1")) {
                bookings.merge(event.data().get("usageId").asString(), 1L, Long::sum);
            }
        }
        return bookings;
    }

    /** How many tokens of an account were created under each name. */
    Map<String, Long> creations(String account) {
        Map<String, Long> creations = new HashMap<>();
        for (Event event : events) {
            if (event.type().equals("token-created.v1")
                    && event.data().get("accountId").asString().equals(account)) {
                creations.merge(event.data().get("name").asString(), 1L, Long::sum);
            }
        }
        return creations;
    }

    /** Units consumed by a token, added up from the amounts. */
    long consumed(String token) {
        return of(token).stream()
                .filter(event -> event.type().equals("quota-consumed.v1"))
                .mapToLong(event -> event.data().get("amount").asLong())
                .sum();
    }
}
