package com.tokaify.ledger.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;

/**
 * One HTTP/1.1 connection, kept open for as long as the service allows and then made anew, as a
 * gateway's pool does. Reads what Tomcat answers and no more: a client library would take from the
 * service's cores what it needs itself. Used by one thread at a time.
 */
public final class HttpConnection implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 << 10;
    private static final int TIMEOUT_MILLIS = 60_000;

    /** Half of what Tomcat keeps an idle connection for. */
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(30);

    private final int port;
    private Socket socket;
    private InputStream in;
    private boolean closedByService;
    private long lastUsed = System.nanoTime();

    /** An answer with its body as it came. */
    public record Answer(int status, String body) {}

    /** Connects to a port on loopback. */
    public HttpConnection(int port) throws IOException {
        this.port = port;
        this.socket = connect(port);
        this.in = input(socket);
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static InputStream input(Socket socket) throws IOException {
        return new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    }

    public Answer get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    }

    /**
     * @param json ASCII
     */
    public Answer post(String path, String json) throws IOException {
        return send(
                "POST "
                        + path
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                        + json.length()
                        + "\r\n\r\n"
                        + json);
    }

    private Answer send(String request) throws IOException {
        reconnectWhereNeeded();
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        String statusLine = line();
        int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring("content-length:".length()).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.endsWith("chunked");
            } else if (lower.startsWith("connection:")) {
                closedByService = lower.endsWith("close");
            }
        }
        byte[] body = chunked ? chunks() : in.readNBytes(length);
        lastUsed = System.nanoTime();
        return new Answer(status, new String(body, UTF_8));
    }

    private void reconnectWhereNeeded() throws IOException {
        if (closedByService || System.nanoTime() - lastUsed > IDLE_LIMIT.toNanos()) {
            socket.close();
            socket = connect(port);
            in = input(socket);
            closedByService = false;
        }
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(BUFFER_BYTES);
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the service has closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
