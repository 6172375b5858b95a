package com.tokaify.ledger.events.kafka;

import static com.tokaify.ledger.events.kafka.CloudEventHeaders.TRACE_PARENT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.seal.SealRecords;
import com.tokaify.ledger.events.usage.UsageRecords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The AsyncAPI document tells what is really on the topics. */
class AsyncApiTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final JsonNode DOCUMENT =
            YAMLMapper.builder().build().readTree(RESOURCES.resolve("asyncapi.yaml"));
    private static final SchemaRegistry SCHEMAS =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

    static List<StoredEvent> events() {
        return GoldenRecord.events();
    }

    /** The document is one by the meta-schema of AsyncAPI 3.0.0. */
    @Test
    void documentIsValidByTheSpecification() {
        JsonNode metaSchema =
                JsonMapper.shared().readTree(Path.of("src/test/resources/asyncapi/3.0.0.json"));

        assertThat(SCHEMAS.getSchema(metaSchema).validate(DOCUMENT)).isEmpty();
    }

    /** Every event travels on the events topic, and nothing else does. */
    @Test
    void eventsTopicCarriesExactlyTheTypesOfTheRegistry() {
        assertThat(at("/channels/events/address")).hasToString("\"" + Topics.EVENTS + "\"");
        assertThat(namesOfMessages("events"))
                .containsExactlyElementsOf(
                        Arrays.stream(EventType.values()).map(EventType::ceType).toList());
    }

    /** Usage reports travel on the usage topic, and nothing else does. */
    @Test
    void usageTopicCarriesUsageReportsOnly() {
        assertThat(at("/channels/usage/address")).hasToString("\"" + Topics.USAGE + "\"");
        assertThat(namesOfMessages("usage")).containsExactly(UsageRecords.CE_TYPE);
    }

    /** Seals travel on the topic of seals, which has one partition, and nothing else does. */
    @Test
    void sealsTopicCarriesSealsOnly() {
        assertThat(at("/channels/seals/address")).hasToString("\"" + Topics.SEALS + "\"");
        assertThat(at("/channels/seals/bindings/kafka/partitions").asInt()).isOne();
        assertThat(namesOfMessages("seals")).containsExactly(SealRecords.CE_TYPE);
    }

    /** No message is described that no topic carries. */
    @Test
    void everyMessageBelongsToATopic() {
        assertThat(at("/components/messages").size()).isEqualTo(EventType.values().length + 2);
    }

    /** The partitions told are those a ledger has unless its operator chose others. */
    @Test
    void topicsHaveTheDefaultNumberOfPartitions() {
        for (String channel : List.of("events", "usage")) {
            assertThat(at("/channels/" + channel + "/bindings/kafka/partitions").asInt())
                    .isEqualTo(Partitioning.DEFAULT_PARTITIONS);
        }
    }

    /** A message has one name in all its places: its name, its type header and its schema. */
    @Test
    void messageIsNamedTheSameEverywhere() {
        for (JsonNode message : at("/components/messages")) {
            String ceType = message.path("name").asString();
            assertThat(message.at("/headers/properties/ce_type/const").asString())
                    .isEqualTo(ceType);
            assertThat(message.at("/payload/schema/$ref").asString())
                    .isEqualTo("./schemas/" + ceType + ".json");
        }
    }

    /** Every reference leads somewhere, inside the document or to a file beside it. */
    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = DOCUMENT.findValuesAsString("$ref");
        assertThat(references).hasSizeGreaterThan(EventType.values().length);
        for (String reference : references) {
            if (reference.startsWith("#")) {
                assertThat(at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
            } else {
                assertThat(RESOURCES.resolve(reference)).exists();
            }
        }
    }

    /** The headers described are those that are written, all of them and no other. */
    @ParameterizedTest
    @MethodSource("events")
    void headersOfAnEventAreAsDescribed(StoredEvent event) {
        assertDescribed("event", EventRecords.write(event), List.of(TRACE_PARENT));
    }

    /** What only some events have is described, too. */
    @ParameterizedTest
    @MethodSource("events")
    void headersOfATracedEventAreAsDescribed(StoredEvent event) {
        ProducerRecord<byte[], byte[]> traced = EventRecords.write(event);
        CloudEventHeaders.addTrace(traced.headers(), GoldenRecord.CAUSE);
        assertThat(validated("event", traced)).isEmpty();
        traced.headers().remove(TRACE_PARENT);
        traced.headers().add(TRACE_PARENT, "-".getBytes(UTF_8));
        assertThat(validated("event", traced)).as("it sees what is wrong").isNotEmpty();
    }

    /** The headers of a usage report are as described, too. */
    @Test
    void headersOfAUsageReportAreAsDescribed() {
        assertDescribed("usage", GoldenRecord.usageRecord(), List.of());
    }

    /** And those of a seal. */
    @Test
    void headersOfASealAreAsDescribed() {
        assertDescribed("seal", GoldenRecord.sealRecord(), List.of());
    }

    /**
     * @param optional headers that are described and not in this record
     */
    private static void assertDescribed(
            String trait, ProducerRecord<byte[], byte[]> record, List<String> optional) {
        assertThat(validated(trait, record)).isEmpty();
        JsonNode described = described(trait);
        List<String> written = new ArrayList<>(headers(record).propertyNames());
        assertThat(described.path("required").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrderElementsOf(written);
        written.addAll(optional);
        assertThat(described.path("properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(written);

        JsonNode key = at("/components/messageTraits/" + trait + "/bindings/kafka/key");
        assertThat(new String(record.key(), UTF_8)).matches(key.path("pattern").asString());
    }

    private static List<?> validated(String trait, ProducerRecord<byte[], byte[]> record) {
        return SCHEMAS.getSchema(described(trait)).validate(headers(record));
    }

    private static JsonNode described(String trait) {
        return at("/components/messageTraits/" + trait + "/headers");
    }

    private static ObjectNode headers(ProducerRecord<byte[], byte[]> record) {
        ObjectNode headers = JsonMapper.shared().createObjectNode();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), UTF_8));
        }
        return headers;
    }

    private static Stream<String> namesOfMessages(String channel) {
        return at("/channels/" + channel + "/messages")
                .valueStream()
                .map(message -> at(message.path("$ref").asString().substring(1)))
                .map(message -> message.path("name").asString());
    }

    private static JsonNode at(String pointer) {
        return DOCUMENT.at(pointer);
    }
}
