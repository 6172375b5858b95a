package com.tokaify.ledger.console.page;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The services behind a real console, each on a port of its own; two instances of the guard. */
final class PlayedServices implements AutoCloseable {
    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> settings;
    private final Play play;

    PlayedServices(PlayedLedger ledger) throws IOException {
        play = new Play(ledger);
        settings =
                Map.of(
                        "LEDGER_COMMAND_URL",
                        start("command", 1),
                        "LEDGER_QUERY_URL",
                        start("query", 1),
                        "LEDGER_ENFORCEMENT_URLS",
                        start("enforcement", 1) + "," + start("enforcement", 2));
    }

    private String start(String name, int instance) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange ->
                        play.answer(
                                exchange, name, instance, exchange.getRequestURI().getRawPath()));
        server.createContext("/v1/live", play::live);
        server.start();
        servers.add(server);
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Play play() {
        return play;
    }

    /** Where the console finds them. */
    Map<String, String> settings() {
        return settings;
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
