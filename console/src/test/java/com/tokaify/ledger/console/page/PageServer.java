package com.tokaify.ledger.console.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.tokaify.ledger.console.edge.SafeHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the page as the console does, under its content security policy, and plays the console and
 * the services to it: what a test of one page needs, in milliseconds. A thread for each request.
 */
final class PageServer implements AutoCloseable {
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html;charset=utf-8",
                    "js", "text/javascript;charset=utf-8",
                    "css", "text/css;charset=utf-8",
                    "json", "application/json",
                    "svg", "image/svg+xml");
    private static final String SIGN_IN =
            "<!doctype html><title>Sign in</title><link rel=icon href=/icon.svg><h1>Sign in</h1>";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Play play;

    PageServer(PlayedLedger ledger) throws IOException {
        play = new Play(ledger);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::file);
        server.createContext("/api/", this::api);
        server.createContext("/api/query/v1/live", play::live);
        server.createContext("/sign-in", PageServer::signIn);
        server.createContext("/sign-out", this::api);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Everything the page has asked, in the order in which it came. */
    Queue<Asked> asked() {
        return play.asked();
    }

    /** What was said on either side that the documents of the services do not allow. */
    Queue<String> faults() {
        return play.faults();
    }

    void tell(String kind, String event) throws IOException {
        play.tell(kind, event);
    }

    private void file(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String name = path.equals("/") ? "/index.html" : path;
        String resource =
                name.startsWith("/webjars/") ? "/META-INF/resources" + name : "/static" + name;
        try (InputStream in = PageServer.class.getResourceAsStream(resource)) {
            if (in == null) {
                play.faults().add("the page asks for " + path + ", which is nowhere");
                Play.send(exchange, 404, "text/plain", new byte[0]);
                return;
            }
            String ending = name.substring(name.lastIndexOf('.') + 1);
            exchange.getResponseHeaders()
                    .set("Content-Security-Policy", SafeHeaders.CONTENT_SECURITY_POLICY);
            exchange.getResponseHeaders().set("Cache-Control", "no-cache");
            Play.send(
                    exchange,
                    200,
                    TYPES.getOrDefault(ending, "application/octet-stream"),
                    in.readAllBytes());
        }
    }

    private void api(HttpExchange exchange) throws IOException {
        play.answerPage(exchange, exchange.getRequestURI().getRawPath());
    }

    private static void signIn(HttpExchange exchange) throws IOException {
        Play.send(
                exchange, 200, "text/html;charset=utf-8", SIGN_IN.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
