package com.tokaify.ledger.benchmarks.enforce;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.tokaify.ledger.benchmarks.Measurement;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireLoadTest {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final int CONNECTIONS = 2;
    private static final List<byte[]> REQUESTS =
            List.of(get("/a"), get("/b"), get("/c"), get("/d"));

    private final AtomicLong answered = new AtomicLong();
    private final ConcurrentHashMap<String, Long> asked = new ConcurrentHashMap<>();
    private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
    private volatile int status = 200;
    private HttpServer server;

    private static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(US_ASCII);
    }

    @BeforeEach
    void aServer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    clients.add(exchange.getRemoteAddress());
                    asked.merge(exchange.getRequestURI().getPath(), 1L, Long::sum);
                    answered.incrementAndGet();
                    byte[] body = "yes".getBytes(US_ASCII);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private WireLoad load() {
        return new WireLoad(server.getAddress().getPort(), CONNECTIONS, REQUESTS, new HttpWire());
    }

    /** What is answered within the window counts and nothing else, and all requests are sent. */
    @Test
    void countsTheAnswersOfTheWindow() throws Exception {
        WireLoad load = load();
        Measurement first = load.run(SHORT, SHORT);
        Measurement second = load.run(SHORT, SHORT);
        assertThat(first.items()).isPositive();
        assertThat(second.items()).isPositive();
        assertThat(first.items() + second.items()).isLessThan(answered.get());
        assertThat(second.latencies().getTotalCount()).isEqualTo(second.items());
        assertThat(asked.keySet()).containsExactlyInAnyOrder("/a", "/b", "/c", "/d");
    }

    /** A server may close what was idle between two measurements. */
    @Test
    void connectsAnewForEachMeasurement() throws Exception {
        WireLoad load = load();
        load.run(SHORT, SHORT);
        assertThat(clients).hasSize(CONNECTIONS);
        load.run(SHORT, SHORT);
        assertThat(clients).hasSize(2 * CONNECTIONS);
    }

    /** A server that refuses is not measured. */
    @Test
    void failsWhereACallIsRefused() throws Exception {
        status = 503;
        assertThatThrownBy(() -> load().run(SHORT, SHORT)).hasMessageContaining("503");
    }
}
