package com.tokaify.ledger.events.codec;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The JSON Schemas of the contract, as a reader in another language would use them. */
public final class EventSchemas {
    public static final Path FOLDER = Path.of("src/main/resources/schemas");

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry ->
                            registry.schemaRegistryConfig(
                                    SchemaRegistryConfig.builder()
                                            .formatAssertionsEnabled(true)
                                            .build()));

    private EventSchemas() {}

    public static JsonNode json(String ceType) throws IOException {
        return StrictJson.MAPPER.readTree(Files.readAllBytes(FOLDER.resolve(ceType + ".json")));
    }

    public static Schema schema(String ceType) throws IOException {
        return REGISTRY.getSchema(json(ceType));
    }

    /** What is wrong with the schema itself, by the meta-schema of its draft; empty if nothing. */
    public static List<Error> errorsOfSchema(String ceType) throws IOException {
        return REGISTRY.getSchema(
                        SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()))
                .validate(json(ceType));
    }
}
