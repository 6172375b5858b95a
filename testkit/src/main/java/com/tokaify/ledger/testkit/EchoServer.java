package com.tokaify.ledger.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands behind a gateway: answers every call 200 with the call's own body, and keeps the headers
 * of what has reached it.
 */
public final class EchoServer implements AutoCloseable {
    private final HttpServer server;
    private final Queue<Map<String, String>> reached = new ConcurrentLinkedQueue<>();

    /** Listens on a free port of loopback. */
    public EchoServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name, values.getFirst()));
        reached.add(headers);
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The headers of each call that has reached it, the first of each name. */
    public Queue<Map<String, String>> reached() {
        return reached;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
