package com.tokaify.ledger.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.tokaify.ledger.benchmarks.HttpConnection.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {
    /** Answers with a length and answers in chunks are read to their end, on one connection. */
    @Test
    void readsAnswersOfBothKinds() throws IOException {
        String chunked = "x".repeat(100_000);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/echo",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(201, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.createContext(
                "/chunks",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write(chunked.getBytes(UTF_8));
                    exchange.close();
                });
        server.start();
        try (HttpConnection connection = new HttpConnection(server.getAddress().getPort())) {
            assertThat(connection.get("/chunks")).isEqualTo(new Answer(200, chunked));
            assertThat(connection.post("/echo", "{}")).isEqualTo(new Answer(201, "{}"));
            assertThat(connection.get("/chunks")).isEqualTo(new Answer(200, chunked));
        } finally {
            server.stop(0);
        }
    }

    /**
     * A service may close a connection after an answer, as Tomcat does after some: no call fails.
     */
    @Test
    void connectsAnewWhereTheServiceSaysClose() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.getResponseHeaders().set("Connection", "close");
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
        try (HttpConnection connection = new HttpConnection(server.getAddress().getPort())) {
            assertThat(connection.get("/").status()).isEqualTo(204);
            assertThat(connection.get("/").status()).isEqualTo(204);
        } finally {
            server.stop(0);
        }
    }

    /** A service that goes away is a failed call, not an empty answer. */
    @Test
    void failsWhereTheServiceGoesAway() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpConnection connection = new HttpConnection(server.getLocalPort())) {
            Thread.ofVirtual().start(() -> acceptAndHangUp(server));
            assertThatThrownBy(() -> connection.get("/")).isInstanceOf(IOException.class);
        }
    }

    private static void acceptAndHangUp(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getInputStream().read();
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
