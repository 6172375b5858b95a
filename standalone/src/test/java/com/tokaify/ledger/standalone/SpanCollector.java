package com.tokaify.ledger.standalone;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What an operator's collector is to services: takes OTLP over HTTP. Thread-safe. */
final class SpanCollector implements AutoCloseable {
    private static final int OK = 200;

    private final HttpServer server;
    private final List<Collected> spans = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream everything = new ByteArrayOutputStream();

    /**
     * One span.
     *
     * @param instance who has made it
     * @param parent the id of the span that caused it; empty where there is none
     */
    record Collected(
            String service,
            String instance,
            String trace,
            String id,
            String parent,
            String name,
            SpanKind kind,
            StatusCode status,
            Map<String, String> attributes) {}

    private SpanCollector(HttpServer server) {
        this.server = server;
    }

    static SpanCollector start() {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            SpanCollector collector = new SpanCollector(server);
            server.createContext("/v1/traces", collector::take);
            server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All that has come, in that order. */
    List<Collected> spans() {
        return List.copyOf(spans);
    }

    List<Collected> of(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    /** Every byte that services have sent. */
    byte[] everything() {
        synchronized (everything) {
            return everything.toByteArray();
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        synchronized (everything) {
            everything.writeBytes(body);
        }
        for (ResourceSpans each :
                ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
            Map<String, String> who = texts(each.getResource().getAttributesList());
            each.getScopeSpansList().stream()
                    .flatMap(scope -> scope.getSpansList().stream())
                    .forEach(span ->
                            spans.add(
                                    new Collected(
                                            who.getOrDefault("service.name", ""),
                                            who.getOrDefault("service.instance.id", ""),
                                            hex(span.getTraceId()),
                                            hex(span.getSpanId()),
                                            hex(span.getParentSpanId()),
                                            span.getName(),
                                            span.getKind(),
                                            span.getStatus().getCode(),
                                            texts(span.getAttributesList()))));
        }
        exchange.sendResponseHeaders(OK, -1);
        exchange.close();
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        Map<String, String> texts = new HashMap<>();
        for (KeyValue each : attributes) {
            texts.put(
                    each.getKey(),
                    each.getValue().hasStringValue()
                            ? each.getValue().getStringValue()
                            : each.getValue().toString());
        }
        return texts;
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
