package com.tokaify.ledger.console.page;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One performance of a {@link PlayedLedger}: what the page asked, what was wrong with it or with
 * its answer, and who listens to the live stream. Thread-safe.
 */
final class Play {
    /** The paths of services as the console has them: service, instance, the service's own path. */
    private static final Pattern FORWARDED =
            Pattern.compile("/api/(command|query|enforcement)(?:/([1-9]))?(/v1/.*)");

    private final PlayedLedger ledger;
    private final Contracts contracts = new Contracts();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final List<OutputStream> listeners = new CopyOnWriteArrayList<>();

    Play(PlayedLedger ledger) throws IOException {
        this.ledger = ledger;
    }

    Queue<Asked> asked() {
        return asked;
    }

    Queue<String> faults() {
        return faults;
    }

    /**
     * Answers as a service, or as the console where it asks none.
     *
     * @param path as the console is asked for it
     */
    void answerPage(HttpExchange exchange, String path) throws IOException {
        Matcher forwarded = FORWARDED.matcher(path);
        if (forwarded.matches()) {
            String instance = forwarded.group(2);
            answer(
                    exchange,
                    forwarded.group(1),
                    instance == null ? 1 : Integer.parseInt(instance),
                    forwarded.group(3));
        } else {
            answer(exchange, "console", 1, path);
        }
    }

    /**
     * Answers as a service.
     *
     * @param instance its number
     * @param path as the service sees it
     */
    void answer(HttpExchange exchange, String service, int instance, String path)
            throws IOException {
        Asked request = read(exchange, service, instance, path);
        asked.add(request);
        Answer refusal = ledger.refusalOfConsole(request);
        Answer answer = refusal == null ? ledger.answer(request) : refusal;
        if (refusal == null) {
            faults.addAll(contracts.faults(request, answer));
        }
        exchange.getResponseHeaders().set("X-Request-Id", "request-1");
        if (answer.position() != null) {
            exchange.getResponseHeaders().set("Ledger-Position", answer.position());
        }
        String etag = answer.etag();
        if (etag != null) {
            exchange.getResponseHeaders().set("ETag", etag);
        }
        send(
                exchange,
                answer.status(),
                answer.contentType(),
                answer.content().getBytes(StandardCharsets.UTF_8));
    }

    /** Takes somebody in who listens for as long as their connection lasts. */
    void live(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write("retry: 1000\nid: 1\n\n".getBytes(StandardCharsets.UTF_8));
        // First, since whoever sees that the stream is there may tell something at once.
        listeners.add(out);
        out.flush();
    }

    /** Tells the page of a change, as the query service would. */
    void tell(String kind, String event) throws IOException {
        byte[] message =
                ("event: " + kind + "\ndata: " + event + "\n\n").getBytes(StandardCharsets.UTF_8);
        for (OutputStream listener : listeners) {
            listener.write(message);
            listener.flush();
        }
    }

    void endStreams() {
        for (OutputStream listener : listeners) {
            try {
                listener.close();
            } catch (IOException e) {
                // Who listened has gone already, by a way out of the page.
            }
        }
    }

    private static Asked read(HttpExchange exchange, String service, int instance, String path)
            throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name, values.getFirst()));
        return new Asked(
                service,
                instance,
                exchange.getRequestMethod(),
                path,
                exchange.getRequestURI().getRawQuery(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    static void send(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
