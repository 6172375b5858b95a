package com.tokaify.ledger.seals;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.events.codec.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The vectors of the contract, which a program in another language has written. */
final class Vectors {
    private static final JsonNode JSON = read();

    private Vectors() {}

    @SuppressWarnings("ArrayRecordComponent") // compared by who asks for it
    record Event(RawEvent raw, @Nullable Hash previous, byte[] entry, Hash leaf) {}

    static List<Event> events() {
        return JSON.path("events").valueStream().map(Vectors::event).toList();
    }

    static List<Hash> leaves() {
        return events().stream().map(Event::leaf).toList();
    }

    static JsonNode at(String field) {
        return JSON.path(field);
    }

    static String text(String field) {
        return JSON.path(field).asString();
    }

    static List<Hash> hashes(JsonNode array) {
        return array.valueStream().map(each -> Hash.parse(each.asString())).toList();
    }

    static SignerKey signer() {
        String verifier = JSON.at("/key/verifier").asString();
        VerifierKey key = VerifierKey.parse(verifier);
        byte[] seed = Base64.getDecoder().decode(JSON.at("/key/seed").asString());
        return SignerKey.parse(
                "PRIVATE+KEY+"
                        + key.keyName().name()
                        + "+"
                        + key.keyName().id()
                        + "+"
                        + Base64.getEncoder().encodeToString(KeyName.typed(seed))
                        + "\n"
                        + verifier
                        + "\n");
    }

    private static Event event(JsonNode json) {
        String previous = json.path("previous").asString();
        return new Event(
                new RawEvent(
                        bytes(json, "stream"),
                        json.path("sequence").asLong(),
                        json.path("partition").asInt(),
                        json.path("pseq").asLong(),
                        bytes(json, "type"),
                        bytes(json, "recordedAt"),
                        bytes(json, "actor"),
                        bytes(json, "correlationId"),
                        Base64.getDecoder().decode(json.path("payload").asString())),
                previous.equals("-") ? null : Hash.parse(previous),
                Base64.getDecoder().decode(json.path("entry").asString()),
                Hash.parse(json.path("leafHash").asString()));
    }

    private static byte[] bytes(JsonNode json, String field) {
        return json.path(field).asString().getBytes(UTF_8);
    }

    private static JsonNode read() {
        try (InputStream file =
                Objects.requireNonNull(Vectors.class.getResourceAsStream("/seals/vectors.json"))) {
            return StrictJson.MAPPER.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
