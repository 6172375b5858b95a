package com.tokaify.ledger.events.codec;

import com.tokaify.ledger.events.FieldRules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A golden file with one thing changed.
 *
 * @param what the change in words
 */
public record Mutant(String what, JsonNode json) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        FieldRules.MAX_AMOUNT,
        FieldRules.MAX_AMOUNT + 1,
        -FieldRules.MAX_AMOUNT,
        -FieldRules.MAX_AMOUNT - 1,
        FieldRules.MAX_TOTAL,
        FieldRules.MAX_TOTAL + 1,
        Long.MIN_VALUE,
        Long.MAX_VALUE
    };
    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "\u3000",
                    "x",
                    "x y",
                    "-x",
                    "é",
                    "x\n",
                    "x\u0085",
                    "🙂".repeat(100),
                    "🙂".repeat(101),
                    "x".repeat(64),
                    "x".repeat(65),
                    "x".repeat(100),
                    "x".repeat(101),
                    "x".repeat(128),
                    "x".repeat(129),
                    "x".repeat(200),
                    "x".repeat(201));

    /** The file without one field, for every field at every depth. */
    public static List<Mutant> withoutAField(JsonNode original) {
        return fields(original)
                .map(field -> {
                    JsonNode copy = original.deepCopy();
                    ((ObjectNode) copy.at(field.head())).remove(field.last().getMatchingProperty());
                    return new Mutant("without " + field, copy);
                })
                .toList();
    }

    /** The file with null in one place, for every place that held a value. */
    public static List<Mutant> withANull(JsonNode original) {
        return places(original)
                .filter(place -> !original.at(place).isNull())
                .map(place -> replaced(original, place, NODES.nullNode()))
                .toList();
    }

    /** The file with a value of another JSON type in one place, for every place and type. */
    public static List<Mutant> withAnotherType(JsonNode original) {
        return places(original)
                .filter(place -> !original.at(place).isNull())
                .flatMap(place ->
                        Stream.of(
                                        text(original.at(place).asString("x")),
                                        NODES.numberNode(1),
                                        NODES.numberNode(1.5),
                                        NODES.booleanNode(true),
                                        NODES.arrayNode(),
                                        NODES.objectNode())
                                .filter(node -> isAnother(original.at(place), node))
                                .map(node -> replaced(original, place, node)))
                .toList();
    }

    /** The file with numbers and texts at the edges of the rules, good ones and bad ones. */
    public static List<Mutant> atTheEdges(JsonNode original) {
        List<Mutant> mutants = new ArrayList<>();
        places(original)
                .forEach(place -> {
                    JsonNode value = original.at(place);
                    if (value.isNumber()) {
                        for (long number : NUMBERS) {
                            mutants.add(replaced(original, place, NODES.numberNode(number)));
                        }
                    }
                    if (value.isString()) {
                        for (String text : TEXTS) {
                            mutants.add(replaced(original, place, text(text)));
                        }
                        mutants.add(replaced(original, place, text(value.asString() + "\n")));
                    }
                });
        return mutants;
    }

    /** The file with one field more, in every object. */
    public static List<Mutant> withAnotherField(JsonNode original) {
        return Stream.concat(Stream.of(JsonPointer.empty()), places(original))
                .filter(place -> original.at(place).isObject())
                .map(place -> {
                    JsonNode copy = original.deepCopy();
                    ((ObjectNode) copy.at(place)).putObject("addedLater").put("a", 1);
                    return new Mutant("one more in " + place, copy);
                })
                .toList();
    }

    public byte[] bytes() {
        return StrictJson.MAPPER.writeValueAsBytes(json);
    }

    @Override
    public String toString() {
        return what + ": " + json;
    }

    private static JsonNode text(String text) {
        return NODES.stringNode(text);
    }

    private static boolean isAnother(JsonNode original, JsonNode replacement) {
        return original.getNodeType() != replacement.getNodeType()
                || (original.isIntegralNumber() && !replacement.isIntegralNumber());
    }

    private static Mutant replaced(JsonNode original, JsonPointer place, JsonNode value) {
        JsonNode copy = original.deepCopy();
        JsonNode parent = copy.at(place.head());
        if (parent instanceof ArrayNode array) {
            array.set(place.last().getMatchingIndex(), value);
        } else {
            ((ObjectNode) parent).set(place.last().getMatchingProperty(), value);
        }
        return new Mutant(place + " = " + value, copy);
    }

    private static Stream<JsonPointer> fields(JsonNode root) {
        return places(root).filter(place -> root.at(place.head()).isObject());
    }

    private static Stream<JsonPointer> places(JsonNode root) {
        return below(JsonPointer.empty(), root);
    }

    private static Stream<JsonPointer> below(JsonPointer here, JsonNode node) {
        List<JsonPointer> found = new ArrayList<>();
        for (var field : node.properties()) {
            found.add(here.appendProperty(field.getKey()));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            found.add(here.appendIndex(i));
        }
        return found.stream()
                .flatMap(place ->
                        Stream.concat(Stream.of(place), below(place, node.at(place.last()))));
    }
}
