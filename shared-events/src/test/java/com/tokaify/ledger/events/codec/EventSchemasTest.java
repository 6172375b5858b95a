package com.tokaify.ledger.events.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.tokaify.ledger.events.seal.SealRecords;
import com.tokaify.ledger.events.usage.UsageRecords;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The schemas tell readers in other languages exactly what the records tell Java. */
class EventSchemasTest {

    static List<GoldenEvent> examples() {
        return GoldenEvent.all();
    }

    /** Every type of event has its schema, and no schema speaks of a type that is not there. */
    @Test
    void schemasAreExactlyThoseOfTheRegistryUsageAndSeals() throws Exception {
        try (Stream<Path> files = Files.list(EventSchemas.FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            ceTypes().map(ceType -> ceType + ".json").toList());
        }
    }

    /** Schemas are themselves right by the draft they claim. */
    @ParameterizedTest
    @MethodSource("ceTypes")
    void schemaIsValidByItsDraft(String ceType) throws Exception {
        assertThat(EventSchemas.json(ceType).path("$schema").asString())
                .isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(EventSchemas.json(ceType).path("title").asString()).isEqualTo(ceType);
        assertThat(EventSchemas.errorsOfSchema(ceType)).isEmpty();
    }

    /**
     * Required are all components of the record, nullable those it marks, and each is described.
     */
    @ParameterizedTest
    @EnumSource
    void schemaHasTheComponentsOfTheRecord(EventType type) throws Exception {
        assertDescribes(EventSchemas.json(type.ceType()), type.eventClass());
    }

    /** Everything the ledger ever wrote is valid. */
    @ParameterizedTest
    @MethodSource("examples")
    void goldenFileIsValid(GoldenEvent example) throws Exception {
        assertThat(schema(example).validate(StrictJson.MAPPER.readTree(example.file().bytes())))
                .isEmpty();
    }

    /** Schema and codec refuse and accept the same: other types, missing fields, edges of rules. */
    @ParameterizedTest
    @MethodSource("examples")
    void schemaAcceptsWhatTheCodecAccepts(GoldenEvent example) throws Exception {
        Schema schema = schema(example);
        JsonNode json = StrictJson.MAPPER.valueToTree(example.event());
        List<Mutant> mutants =
                Stream.of(
                                Mutant.withoutAField(json),
                                Mutant.withANull(json),
                                Mutant.withAnotherType(json),
                                Mutant.withAnotherField(json),
                                Mutant.atTheEdges(json))
                        .flatMap(List::stream)
                        .toList();
        for (Mutant mutant : mutants) {
            assertThat(schema.validate(mutant.json()).isEmpty())
                    .as("the schema accepts %s", mutant)
                    .isEqualTo(codecAccepts(example.type(), mutant));
        }
    }

    static Stream<String> ceTypes() {
        return Stream.concat(
                Arrays.stream(EventType.values()).map(EventType::ceType),
                Stream.of(UsageRecords.CE_TYPE, SealRecords.CE_TYPE));
    }

    private static Schema schema(GoldenEvent example) throws Exception {
        return EventSchemas.schema(example.type().ceType());
    }

    private static boolean codecAccepts(EventType type, Mutant mutant) {
        try {
            EventCodec.decode(type, mutant.bytes());
            return true;
        } catch (UnreadableEvent e) {
            return false;
        }
    }

    private static void assertDescribes(JsonNode schema, Class<?> type) {
        List<String> components =
                Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
        assertThat(types(schema)).contains("object");
        assertThat(schema.path("description").asString()).isNotBlank();
        assertThat(schema.path("additionalProperties").asBoolean()).isTrue();
        assertThat(schema.path("required").valueStream().map(JsonNode::asString))
                .containsExactlyElementsOf(components);
        assertThat(schema.path("properties").propertyNames()).containsExactlyElementsOf(components);
        for (RecordComponent component : type.getRecordComponents()) {
            JsonNode property = schema.path("properties").path(component.getName());
            assertThat(property.path("description").asString())
                    .as("the description of %s", component)
                    .isNotBlank();
            assertThat(types(property))
                    .as("null among the types of %s", component)
                    .matches(types -> types.contains("null") == Nullability.isNullable(component));
            if (property.has("properties")) {
                assertDescribes(property, component.getType());
            }
        }
    }

    /** One type, or several where null is among them. */
    private static List<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? type.valueStream().map(JsonNode::asString).toList()
                : List.of(type.asString());
    }
}
