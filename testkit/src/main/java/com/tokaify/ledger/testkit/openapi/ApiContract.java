package com.tokaify.ledger.testkit.openapi;

import com.tokaify.ledger.events.codec.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Holds a running service to the document it serves. Test clients hand in every request with its
 * answer, so that no test can forget it. Thread-safe.
 *
 * <p>An answer must be as documented: its status, headers, content type and body. What the service
 * accepts must be allowed by the document, and what it refuses as missing or unknown must not be.
 */
public final class ApiContract {
    /** Where services serve their document. */
    public static final String PATH = "/v3/api-docs";

    /**
     * First steps of paths that no document tells of: probes, the document and its page, and the
     * hooks of gateways, since OpenAPI has no words for any path below one.
     */
    private static final Set<String> BESIDE = Set.of("actuator", "authz", "swagger-ui", "v3");

    /** Rules of single fields which a schema states as well. */
    private static final Set<String> STATED_RULES =
            Set.of("is required", "is not a field of this request");

    private final HttpClient http;
    private final URI service;
    private @Nullable ApiDocument document;

    /**
     * @param service its address, without a path
     */
    public ApiContract(HttpClient http, URI service) {
        this.http = http;
        this.service = service;
    }

    /** The document, fetched when it is first asked for. */
    public synchronized ApiDocument document() throws IOException, InterruptedException {
        if (document == null) {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(service.resolve(PATH)).build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("there is no document: " + answer.body());
            }
            document = ApiDocument.of(answer.body());
        }
        return document;
    }

    /**
     * Compares both sides of a request with the document.
     *
     * @throws AssertionError where they differ
     */
    public void check(HttpRequest request, HttpResponse<String> answer)
            throws IOException, InterruptedException {
        if (BESIDE.contains(request.uri().getRawPath().split("/", 3)[1])) {
            return;
        }
        List<String> faults = faults(document(), request, answer);
        if (!faults.isEmpty()) {
            throw new AssertionError(
                    "%s %s answered %d: %s%n%s"
                            .formatted(
                                    request.method(),
                                    request.uri().getRawPath(),
                                    answer.statusCode(),
                                    String.join("; ", faults),
                                    answer.body()));
        }
    }

    /** What is wrong with a request and its answer; for stand-ins, which serve no document. */
    public static List<String> faults(
            ApiDocument document, HttpRequest request, HttpResponse<String> answer) {
        return document.operation(request.method(), request.uri().getRawPath())
                .map(operation -> faults(operation, request, answer))
                .orElseGet(() -> AnswerCheck.faultsOfNoOperation(document, answer));
    }

    private static List<String> faults(
            Place operation, HttpRequest request, HttpResponse<String> answer) {
        List<String> faults = new ArrayList<>(AnswerCheck.faults(operation, answer));
        if (answer.statusCode() < 300) {
            RequestCheck.faults(operation, request)
                    .forEach(fault -> faults.add("accepted, though " + fault));
        } else if (isRefusedByAStatedRule(answer)
                && RequestCheck.faults(operation, request).isEmpty()) {
            faults.add("refused, though the document allows the request");
        }
        return faults;
    }

    private static boolean isRefusedByAStatedRule(HttpResponse<String> answer) {
        if (answer.statusCode() != 400) {
            return false;
        }
        try {
            JsonNode errors = StrictJson.MAPPER.readTree(answer.body()).path("errors");
            return errors.valueStream()
                    .anyMatch(error -> STATED_RULES.contains(error.path("rule").asString("")));
        } catch (JacksonException e) {
            return false;
        }
    }
}
