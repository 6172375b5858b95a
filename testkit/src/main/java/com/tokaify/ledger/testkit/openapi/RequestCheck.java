package com.tokaify.ledger.testkit.openapi;

import com.tokaify.ledger.events.codec.StrictJson;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Compares one request with what the document allows. */
final class RequestCheck {
    private final HttpRequest request;
    private final List<String> faults = new ArrayList<>();

    private RequestCheck(HttpRequest request) {
        this.request = request;
    }

    /** What is wrong with a request for this operation. */
    static List<String> faults(Place operation, HttpRequest request) {
        RequestCheck check = new RequestCheck(request);
        check.compareParameters(operation.in("parameters"));
        check.compareBody(operation.in("requestBody"));
        return check.faults;
    }

    private void compareParameters(Place parameters) {
        Map<String, String> query = query();
        parameters
                .items()
                .forEach(parameter -> {
                    String name = parameter.text("name");
                    switch (parameter.text("in")) {
                        case "query" -> compare(parameter, query.remove(name));
                        case "header" ->
                                compare(parameter, request.headers().firstValue(name).orElse(null));
                        default -> {}
                    }
                });
        query.keySet().forEach(name -> faults.add("the parameter " + name + " is not documented"));
    }

    private void compare(Place parameter, @Nullable String value) {
        String name = parameter.text("name");
        if (value != null) {
            parameter
                    .schema()
                    .errorsOf(typed(parameter.schema().text("type"), value))
                    .forEach(error ->
                            faults.add(
                                    "the parameter %s is not as documented: %s"
                                            .formatted(name, error)));
        } else if (parameter.says("required")) {
            faults.add("the parameter " + name + " is required");
        }
    }

    /** A parameter's text as the JSON its schema speaks of. */
    private static JsonNode typed(String type, String value) {
        return switch (type) {
            case "integer", "number", "boolean" -> {
                try {
                    yield StrictJson.MAPPER.readTree(value);
                } catch (JacksonException e) {
                    yield JsonNodeFactory.instance.stringNode(value);
                }
            }
            default -> JsonNodeFactory.instance.stringNode(value);
        };
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = request.uri().getRawQuery();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private void compareBody(Place documented) {
        byte[] body = RequestBodies.bytes(request);
        if (body.length == 0) {
            if (documented.says("required")) {
                faults.add("a body is required");
            }
            return;
        }
        if (!documented.exists()) {
            return; // read by nobody, and harmless
        }
        Optional<String> given = request.headers().firstValue("Content-Type");
        String type =
                given.map(MediaTypes::base)
                        .orElseGet(() -> documented.in("content").names().findFirst().orElse(""));
        Place media = documented.in("content").in(type);
        if (!media.exists()) {
            faults.add("the content type '%s' is not documented".formatted(type));
        } else if (MediaTypes.isJson(type)) {
            compareJson(media.schema(), body);
        }
    }

    private void compareJson(Place schema, byte[] body) {
        try {
            schema.errorsOf(StrictJson.MAPPER.readTree(body))
                    .forEach(error -> faults.add("the body is not as documented: " + error));
        } catch (JacksonException e) {
            faults.add("the body is no JSON: " + e.getOriginalMessage());
        }
    }
}
