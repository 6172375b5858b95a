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
import tools.jackson.databind.node.ArrayNode;
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
        Map<String, List<String>> query = query();
        parameters
                .items()
                .forEach(parameter -> {
                    String name = parameter.text("name");
                    switch (parameter.text("in")) {
                        case "query" -> compare(parameter, query.remove(name));
                        case "header" -> {
                            List<String> values = request.headers().allValues(name);
                            compare(parameter, values.isEmpty() ? null : values);
                        }
                        default -> {}
                    }
                });
        query.keySet().forEach(name -> faults.add("the parameter " + name + " is not documented"));
    }

    private void compare(Place parameter, @Nullable List<String> values) {
        String name = parameter.text("name");
        if (values != null) {
            parameter
                    .schema()
                    .errorsOf(typed(parameter.schema().text("type"), values))
                    .forEach(error ->
                            faults.add(
                                    "the parameter %s is not as documented: %s"
                                            .formatted(name, error)));
        } else if (parameter.says("required")) {
            faults.add("the parameter " + name + " is required");
        }
    }

    /**
     * A parameter's text as the JSON its schema speaks of. One that is repeated is a list of texts;
     * of any other the last one counts.
     */
    private static JsonNode typed(String type, List<String> values) {
        String value = values.getLast();
        return switch (type) {
            case "array" -> {
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                values.forEach(list::add);
                yield list;
            }
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

    private Map<String, List<String>> query() {
        Map<String, List<String>> query = new LinkedHashMap<>();
        String raw = request.uri().getRawQuery();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.computeIfAbsent(decoded(parts[0]), _ -> new ArrayList<>())
                        .add(parts.length == 2 ? decoded(parts[1]) : "");
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
