package com.tokaify.ledger.console.page;

import com.tokaify.ledger.testkit.openapi.ApiContract;
import com.tokaify.ledger.testkit.openapi.ApiDocument;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSession;

/**
 * Holds the page, and whoever plays the services to it, to the documents of the real ones: a play
 * in which both are wrong alike would prove nothing.
 */
final class Contracts {
    private static final Set<String> TOLD = Set.of("Content-Type", "Idempotency-Key", "If-Match");

    private final Map<String, ApiDocument> documents = new HashMap<>();

    Contracts() throws IOException {
        documents.put("command", read("../docs/openapi/command-service.json"));
        documents.put("query", read("../docs/openapi/query-service.json"));
        documents.put(
                "enforcement", read("../enforcement-service/src/main/resources/openapi.json"));
    }

    private static ApiDocument read(String file) throws IOException {
        return ApiDocument.of(Files.readString(Path.of(file)));
    }

    /** What is wrong with a request or its answer; nothing where no document speaks of them. */
    List<String> faults(Asked asked, Answer answer) {
        ApiDocument document = documents.get(asked.service());
        if (document == null) {
            return List.of();
        }
        HttpRequest request = request(asked);
        return ApiContract.faults(document, request, new Told(request, answer)).stream()
                .map(fault -> asked.service() + " " + asked.name() + ": " + fault)
                .toList();
    }

    private static HttpRequest request(Asked asked) {
        String query = asked.query() == null ? "" : "?" + asked.query();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://service" + asked.path() + query))
                        .method(asked.method(), BodyPublishers.ofString(asked.body()));
        asked.headers()
                .forEach((name, value) -> {
                    if (TOLD.stream().anyMatch(name::equalsIgnoreCase)) {
                        request.header(name, value);
                    }
                });
        return request.build();
    }

    /** An answer as a client would have got it. */
    private record Told(HttpRequest request, Answer answer) implements HttpResponse<String> {
        @Override
        public int statusCode() {
            return answer.status();
        }

        @Override
        public Optional<HttpResponse<String>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public HttpHeaders headers() {
            Map<String, List<String>> headers = new HashMap<>();
            headers.put("X-Request-Id", List.of("request-1"));
            headers.put("Content-Type", List.of(answer.contentType()));
            if (answer.status() == 503) {
                headers.put("Retry-After", List.of("1"));
            }
            if (answer.position() != null) {
                headers.put("Ledger-Position", List.of(answer.position()));
            }
            String etag = answer.etag();
            if (etag != null) {
                headers.put("ETag", List.of(etag));
            }
            return HttpHeaders.of(headers, (_, _) -> true);
        }

        @Override
        public String body() {
            return answer.content();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }
}
