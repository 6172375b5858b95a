package com.tokaify.ledger.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands for all services: remembers what it was asked, and answers as a test says, for streams one
 * piece after the other. Thread-safe.
 */
public final class FakeServices implements AutoCloseable {
    /** What ends a stream, in good order or not. */
    public static final String END = "end";

    public static final String BREAK = "break";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpServer server;
    private final Deque<Asked> asked = new ArrayDeque<>();
    private final Map<String, BlockingQueue<String>> pieces = new ConcurrentHashMap<>();

    /** One request as it came. */
    public record Asked(String method, URI uri, Headers headers, String body) {
        public @Nullable String header(String name) {
            return headers.getFirst(name);
        }
    }

    private FakeServices(HttpServer server) {
        this.server = server;
    }

    static FakeServices start() {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            FakeServices services = new FakeServices(server);
            server.createContext("/v1/live", services::stream);
            server.createContext("/v1/export", services::stream);
            server.createContext("/v1/refuses-tokens", exchange -> services.status(exchange, 401));
            server.createContext("/v1/sleeps", services::sleep);
            server.createContext("/", services::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return services;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The last request. */
    public synchronized Asked last() {
        return asked.getLast();
    }

    public synchronized int count() {
        return asked.size();
    }

    /**
     * What a stream sends next.
     *
     * @param stream its query string, of which no two tests have the same
     */
    public void send(String stream, String piece) {
        piecesOf(stream).add(piece);
    }

    private BlockingQueue<String> piecesOf(String stream) {
        return pieces.computeIfAbsent(stream, _ -> new LinkedBlockingQueue<>());
    }

    private synchronized void remember(HttpExchange exchange, String body) {
        Headers headers = new Headers();
        headers.putAll(exchange.getRequestHeaders());
        asked.add(new Asked(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body));
    }

    private void answer(HttpExchange exchange) throws IOException {
        remember(exchange, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        Headers headers = exchange.getResponseHeaders();
        headers.add("Content-Type", "application/json");
        headers.add("ETag", "\"7\"");
        headers.add("Ledger-Position", "3:14");
        headers.add("Content-Disposition", "attachment; filename=\"a.json\"");
        headers.add("Retry-After", "2");
        headers.add("Set-Cookie", "ledger=stolen");
        headers.add("X-Internal", "nobody's business");
        byte[] body = "{\"answer\":42}".getBytes(UTF_8);
        exchange.sendResponseHeaders(201, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void status(HttpExchange exchange, int status) throws IOException {
        remember(exchange, "");
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** Never answers while somebody waits. */
    private void sleep(HttpExchange exchange) throws IOException {
        remember(exchange, "");
        nextPiece(exchange);
        exchange.close();
    }

    private void stream(HttpExchange exchange) throws IOException {
        remember(exchange, "");
        exchange.getResponseHeaders()
                .add(
                        "Content-Type",
                        exchange.getRequestURI().getPath().endsWith("live")
                                ? "text/event-stream"
                                : "application/x-ndjson");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        for (String piece = nextPiece(exchange); !piece.equals(END); piece = nextPiece(exchange)) {
            if (piece.equals(BREAK)) {
                // A closed exchange with an open body ends the connection in the middle.
                throw new IOException("as the test wants it");
            }
            out.write(piece.getBytes(UTF_8));
            out.flush();
        }
        exchange.close();
    }

    private String nextPiece(HttpExchange exchange) throws IOException {
        try {
            String piece =
                    piecesOf(exchange.getRequestURI().getQuery())
                            .poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (piece == null) {
                throw new IOException("no test goes on with this stream");
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
