package com.tokaify.ledger.testkit.openapi;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A place in a document; there may be nothing.
 *
 * @param pointer a JSON pointer
 */
record Place(ApiDocument document, String pointer, JsonNode node) {
    private static final String REFERENCE = "$ref";

    boolean exists() {
        return !node.isMissingNode();
    }

    /** Its last two steps for people; of an operation method and path. */
    String name() {
        String[] steps = pointer.split("/", -1);
        return steps[steps.length - 1]
                + " "
                + steps[steps.length - 2].replace("~1", "/").replace("~0", "~");
    }

    /** A place in this one, what it refers to where it is a reference. */
    Place in(String name) {
        String inside = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
        Place place = document.at(inside);
        return place.node.has(REFERENCE)
                ? document.at(place.node.required(REFERENCE).asString().substring(1))
                : place;
    }

    /** The schema here. Its references are the validator's matter, since they may have company. */
    Place schema() {
        return document.at(pointer + "/schema");
    }

    Stream<String> names() {
        return node.propertyStream().map(Map.Entry::getKey);
    }

    Stream<Place> items() {
        return IntStream.range(0, node.size()).mapToObj(i -> in(String.valueOf(i)));
    }

    String text(String name) {
        return node.path(name).asString("");
    }

    boolean says(String name) {
        return node.path(name).asBoolean(false);
    }

    /** What is wrong with a value by the schema here, nothing where it is right. */
    List<String> errorsOf(JsonNode value) {
        return document.errors(pointer, value);
    }
}
