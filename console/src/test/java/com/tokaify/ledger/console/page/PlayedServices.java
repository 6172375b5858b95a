package com.tokaify.ledger.console.page;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The services behind a real console, each on a port of its own. */
final class PlayedServices implements AutoCloseable {
    private static final String[] NAMES = {"command", "query", "enforcement"};

    private final Map<String, HttpServer> servers = new HashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Play play;

    PlayedServices(PlayedLedger ledger) throws IOException {
        play = new Play(ledger);
        for (String name : NAMES) {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext(
                    "/",
                    exchange -> play.answer(exchange, name, exchange.getRequestURI().getRawPath()));
            server.createContext("/v1/live", play::live);
            server.start();
            servers.put(name, server);
        }
    }

    Play play() {
        return play;
    }

    /** Where the console finds them. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        servers.forEach((name, server) ->
                settings.put(
                        "LEDGER_" + name.toUpperCase(Locale.ROOT) + "_URL",
                        "http://127.0.0.1:" + server.getAddress().getPort()));
        return settings;
    }

    @Override
    public void close() {
        servers.values().forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
