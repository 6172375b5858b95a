package com.tokaify.ledger.service.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection that sends what no HTTP client would. */
final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private static final String CONTENT_LENGTH = "content-length: ";

    private final Socket socket;

    /** An answer, headers in lower case. */
    record Answer(int status, String headers, String body) {}

    RawHttp(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Begins a POST of JSON; more headers may follow in the same text. */
    void begin(String path, String moreHeaders) throws IOException {
        send(
                """
                POST %s HTTP/1.1
                Host: localhost
                Content-Type: application/json
                %s

                """
                        .formatted(path, moreHeaders)
                        .replace("\n", "\r\n"));
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void chunk(byte[] bytes) throws IOException {
        send(Integer.toHexString(bytes.length) + "\r\n");
        send(bytes);
        send("\r\n");
    }

    /** True once something has come back. */
    boolean isAnswered() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    Answer answer() throws IOException {
        String headers = "";
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers += line.toLowerCase(Locale.ROOT) + "\n";
        }
        return new Answer(Integer.parseInt(headers.substring(9, 12)), headers, body(headers));
    }

    private String body(String headers) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (headers.contains("transfer-encoding: chunked")) {
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                body.writeBytes(socket.getInputStream().readNBytes(size));
                line();
            }
        } else {
            headers.lines()
                    .filter(line -> line.startsWith(CONTENT_LENGTH))
                    .map(line -> Integer.parseInt(line.substring(CONTENT_LENGTH.length())))
                    .forEach(length -> body.writeBytes(bytes(length)));
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private byte[] bytes(int length) {
        try {
            return socket.getInputStream().readNBytes(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read();
                next != '\n';
                next = socket.getInputStream().read()) {
            if (next < 0) {
                throw new IOException("closed after: " + line);
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
