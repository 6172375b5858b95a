package com.tokaify.ledger.console.page;

import com.tokaify.ledger.events.codec.StrictJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a played service answers.
 *
 * @param body JSON; a node of text is answered as plain text
 * @param position the {@code Ledger-Position}, of commands
 */
record Answer(int status, @Nullable JsonNode body, @Nullable String position) {

    /** Of a whole token, which is what conditions are about. */
    @Nullable String etag() {
        return body != null && body.has("mask") && body.has("sequence")
                ? "\"" + body.path("sequence").asLong() + "\""
                : null;
    }

    String contentType() {
        return status >= 400 && body != null && body.has("detail")
                ? "application/problem+json"
                : body != null && body.isString() ? "text/plain" : "application/json";
    }

    /** What goes over the line. */
    String content() {
        if (body == null) {
            return "";
        }
        return body.isString() ? body.stringValue() : StrictJson.MAPPER.writeValueAsString(body);
    }

    static Answer text(String text) {
        return of(JsonNodeFactory.instance.stringNode(text));
    }

    static Answer of(JsonNode body) {
        return new Answer(200, body, null);
    }

    static Answer committed(int status, JsonNode body, String position) {
        return new Answer(status, body, position);
    }

    static Answer problem(int status, String code, String detail) {
        return new Answer(status, body(status, code, detail), null);
    }

    /** A 400 that is about one field. */
    static Answer badField(String field, String rule) {
        ObjectNode body = body(400, "INVALID_REQUEST", field + " " + rule);
        body.putArray("errors").addObject().put("field", field).put("rule", rule);
        return new Answer(400, body, null);
    }

    private static ObjectNode body(int status, String code, String detail) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "urn:tokaify:problem:" + code.toLowerCase(java.util.Locale.ROOT))
                .put("title", "Refused")
                .put("status", status)
                .put("code", code)
                .put("detail", detail);
    }
}
