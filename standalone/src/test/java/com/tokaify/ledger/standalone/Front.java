package com.tokaify.ledger.standalone;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What stands before several instances of one service, no cleverer than any balancer: instances in
 * turn, and one more try at the next one where an instance cannot be reached, hangs up, or answers
 * 502 or 503. It asks nobody for health.
 */
final class Front implements AutoCloseable {
    /** How long each instance may take. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;

    /** Of one connection, not of the call. */
    private static final Set<String> HOP_BY_HOP =
            Set.of(
                    "connection",
                    "content-length",
                    "expect",
                    "host",
                    "http2-settings",
                    "keep-alive",
                    "transfer-encoding",
                    "upgrade");

    private final List<URI> instances;
    private final AtomicInteger turn = new AtomicInteger();
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(LIMIT)
                    .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    Front(List<URI> instances) throws IOException {
        this.instances = List.copyOf(instances);
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int first = turn.getAndIncrement();
            try {
                answer(exchange, forward(exchange, body, first));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                exchange.sendResponseHeaders(BAD_GATEWAY, -1);
            }
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body, int first)
            throws IOException, InterruptedException {
        try {
            HttpResponse<byte[]> response = send(exchange, body, first);
            if (response.statusCode() != BAD_GATEWAY && response.statusCode() != UNAVAILABLE) {
                return response;
            }
        } catch (IOException e) {
            // Refused, or hung up: the other one.
        }
        return send(exchange, body, first + 1);
    }

    private HttpResponse<byte[]> send(HttpExchange exchange, byte[] body, int turn)
            throws IOException, InterruptedException {
        URI instance = instances.get(Math.floorMod(turn, instances.size()));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(instance.resolve(exchange.getRequestURI()))
                        .timeout(LIMIT)
                        .method(
                                exchange.getRequestMethod(),
                                HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders()
                .forEach((name, values) -> {
                    if (isOfTheCall(name)) {
                        values.forEach(value -> request.header(name, value));
                    }
                });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> response)
            throws IOException {
        Headers headers = exchange.getResponseHeaders();
        response.headers()
                .map()
                .forEach((name, values) -> {
                    if (isOfTheCall(name)) {
                        values.forEach(value -> headers.add(name, value));
                    }
                });
        byte[] body = response.body();
        exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static boolean isOfTheCall(String name) {
        return !HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
        client.close();
    }
}
