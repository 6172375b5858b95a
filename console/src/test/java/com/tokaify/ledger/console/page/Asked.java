package com.tokaify.ledger.console.page;

import com.tokaify.ledger.events.codec.StrictJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request the page has made, with everything it has told.
 *
 * @param instance of the service, from 1
 * @param path without {@code /api} and the service
 * @param headers by their names in any case, the first of each
 */
record Asked(
        String service,
        int instance,
        String method,
        String path,
        @Nullable String query,
        Map<String, String> headers,
        String body) {

    JsonNode json() {
        return StrictJson.MAPPER.readTree(body);
    }

    /** The value of a parameter, null where it is not given. */
    @Nullable String parameter(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? null : values.getLast();
    }

    /** All values of a parameter that may be repeated. */
    List<String> values(String name) {
        return parameters().getOrDefault(name, List.of());
    }

    private Map<String, List<String>> parameters() {
        Map<String, List<String>> parameters = new TreeMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                parameters
                        .computeIfAbsent(parts[0], _ -> new ArrayList<>())
                        .add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    String name() {
        return method + " " + path;
    }
}
