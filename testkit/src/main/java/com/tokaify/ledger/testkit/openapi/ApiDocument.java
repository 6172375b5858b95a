package com.tokaify.ledger.testkit.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.tokaify.ledger.events.codec.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * An OpenAPI 3.1 document. Its schemas are JSON Schema 2020-12, whose {@code format} is taken at
 * its word. Thread-safe.
 */
public final class ApiDocument {
    private static final String IRI = "urn:openapi-document";
    private static final String META_SCHEMA = "/openapi/3.1.json";

    private final JsonNode json;
    private final SchemaRegistry schemas;

    private ApiDocument(String text) {
        this.json = StrictJson.MAPPER.readTree(text);
        this.schemas =
                SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        registry ->
                                registry.schemas(Map.of(IRI, text))
                                        .schemaRegistryConfig(
                                                SchemaRegistryConfig.builder()
                                                        .formatAssertionsEnabled(true)
                                                        .build()));
    }

    public static ApiDocument of(String json) {
        return new ApiDocument(json);
    }

    public JsonNode json() {
        return json;
    }

    /**
     * What is wrong with the document itself: by the schema of OpenAPI 3.1, and with its own
     * schemas by that of their draft.
     */
    public List<String> errors() {
        List<String> errors =
                new ArrayList<>(texts(schemas.getSchema(metaSchema()).validate(json)));
        SchemaLocation draft = SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId());
        for (JsonNode schema : json.findValues("schema")) {
            errors.addAll(texts(schemas.getSchema(draft).validate(schema)));
        }
        for (JsonNode schema : json.at("/components/schemas")) {
            errors.addAll(texts(schemas.getSchema(draft).validate(schema)));
        }
        return errors;
    }

    private static String metaSchema() {
        try (InputStream in = ApiDocument.class.getResourceAsStream(META_SCHEMA)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(List<Error> errors) {
        return errors.stream().map(Error::toString).toList();
    }

    /** All operations, by method and path as they are written. */
    public List<String> operations() {
        return places().map(Place::name).toList();
    }

    /** The operations that do not say in one line what they do. */
    public List<String> operationsWithoutSummary() {
        return places().filter(place -> place.text("summary").isBlank()).map(Place::name).toList();
    }

    private Stream<Place> places() {
        Place paths = at("/paths");
        return paths.names()
                .flatMap(path -> paths.in(path).names().map(method -> paths.in(path).in(method)));
    }

    /** The operation a request asks for; a path without variables goes before one with. */
    Optional<Place> operation(String method, String path) {
        Place paths = at("/paths");
        return paths.names()
                .filter(template -> matches(template, takesSlashes(paths.in(template)), path))
                .min(Comparator.comparing(template -> template.contains("{")))
                .map(template -> paths.in(template).in(method.toLowerCase(Locale.ROOT)))
                .filter(Place::exists);
    }

    /** Whether the last variable of a path may hold slashes, for which OpenAPI has no word. */
    private static boolean takesSlashes(Place path) {
        return path.names()
                .flatMap(method -> path.in(method).in("parameters").items())
                .anyMatch(parameter -> parameter.says("x-takes-slashes"));
    }

    private static boolean matches(String template, boolean takesSlashes, String path) {
        String[] wanted = template.split("/", -1);
        String[] given = path.split("/", takesSlashes ? wanted.length : -1);
        if (wanted.length != given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            boolean variable = wanted[i].startsWith("{");
            boolean empty = given[i].isEmpty() && !takesSlashes; // a rest may be nothing at all
            if (variable ? empty : !wanted[i].equals(given[i])) {
                return false;
            }
        }
        return true;
    }

    Place at(String pointer) {
        return new Place(this, pointer, json.at(JsonPointer.compile(pointer)));
    }

    List<String> errors(String pointer, JsonNode value) {
        return texts(schemas.getSchema(SchemaLocation.of(IRI + "#" + pointer)).validate(value));
    }
}
