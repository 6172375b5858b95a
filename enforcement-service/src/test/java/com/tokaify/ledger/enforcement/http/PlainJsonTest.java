package com.tokaify.ledger.enforcement.http;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.InvalidField;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlainJsonTest {
    private static final int BODIES = 50_000;
    private static final String[] NAMES = {
        "secret", "model", "amount", "modle", "", "s\\u0065cret"
    };
    private static final String[] SPACES = {"", "", "", "", " ", "\t", "\r\n  ", "\f"};
    private static final String[] AFTER = {"", "", "", "", "", "\n", " {}", "x", "\0"};

    /** Of every kind there is, and some that only look like one. */
    private static final String[] VALUES = {
        "\"sk-x\"",
        "\"gpt-5 mini\"",
        "\"\"",
        "\"~ !#[]\"",
        "\"{,:}\"",
        "\"null\"",
        "\"\u007f\"",
        "\"\t\"",
        "\"\\u002f\"",
        "\"\\\"\"",
        "\"\u00e9\"",
        "\"\ud83d\ude00\"",
        "null",
        "nul",
        "nulll",
        "0",
        "-0",
        "7",
        "-7",
        "07",
        "00",
        "-",
        "+7",
        "7.",
        "5.0",
        "1e3",
        "0x7",
        "999999999999999999",
        "-999999999999999999",
        "1000000000000000000",
        "9223372036854775807",
        "9223372036854775808",
        "true",
        "{}",
        "[1]",
        "{\"a\":1}",
        "'x'",
        "NaN",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\ude00\\ud83d\"",
        "\"\\ud8\"",
        "9".repeat(400),
        "-" + "9".repeat(1001),
        "1e" + "9".repeat(20),
        "[".repeat(600) + "]".repeat(600),
        "{\"secret\":".repeat(600) + "1" + "}".repeat(600),
        "\"" + "x".repeat(9000) + "\""
    };

    /** Another reader of Jackson's, which knows all of a body before it tells anything of it. */
    private static final JsonMapper TREES =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /** Where the body is of the kind that is read here, nearly every body that comes is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " { } ",
                "{\"secret\":\"sk-tkf\",\"model\":\"gpt-5\",\"ip\":\"10.1.2.3\",\"amount\":1}",
                "{\n  \"secret\" : null,\r\n\t\"amount\" : -12\n}\n",
                "{\"a\":0,\"b\":1,\"c\":2,\"d\":3,\"e\":4,\"f\":5,\"g\":6,\"h\":999999999999999999}"
            })
    void whatGatewaysWriteIsPlain(String body) {
        assertThat(PlainJson.of(body.getBytes(UTF_8))).isNotNull();
    }

    /** More fields than any request has are Jackson's to read, however plain they are. */
    @Test
    void whatHasMoreFieldsIsNotPlain() {
        String nine =
                IntStream.range(0, 9)
                        .mapToObj(i -> "\"f" + i + "\":" + i)
                        .collect(Collectors.joining(",", "{", "}"));
        assertThat(PlainJson.of(nine.getBytes(UTF_8))).isNull();
    }

    /**
     * Whatever the body, in whichever encoding, what is read of it and how it is refused are as
     * where there is Jackson alone.
     */
    @Test
    void everyBodyIsReadAsJacksonReadsIt() {
        Random random = new Random(20261130);
        int plain = 0;
        for (int i = 0; i < BODIES; i++) {
            byte[] body = body(random);
            assertThat(told(JsonBody::object, body))
                    .as(() -> Arrays.toString(body) + " " + new String(body, UTF_8))
                    .isEqualTo(told(StreamedJson::object, body));
            plain += PlainJson.of(body) == null ? 0 : 1;
        }
        assertThat(plain).as("bodies of either kind").isBetween(BODIES / 10, BODIES * 9 / 10);
    }

    /**
     * What is accepted is all that is one object of these fields, each once and of its type, and
     * what is read of it is what stands there.
     */
    @Test
    void whatIsAcceptedIsWhatTheTreeOfTheBodySays() {
        Random random = new Random(20261201);
        int accepted = 0;
        for (int i = 0; i < BODIES; i++) {
            byte[] body = body(random);
            Optional<List<String>> expected = treeOf(body);
            assertThat(accepted(body))
                    .as(() -> Arrays.toString(body) + " " + new String(body, UTF_8))
                    .isEqualTo(expected);
            accepted += expected.isPresent() ? 1 : 0;
        }
        assertThat(accepted).as("bodies of either kind").isBetween(BODIES / 20, BODIES * 9 / 10);
    }

    private static Optional<List<String>> accepted(byte[] body) {
        try {
            return Optional.of(JsonBody.object(body, PlainJsonTest::fields));
        } catch (InvalidField e) {
            return Optional.empty();
        }
    }

    /** The fields of a body in their order; empty where it is no request. */
    private static Optional<List<String>> treeOf(byte[] body) {
        List<String> fields = new ArrayList<>();
        try {
            JsonNode tree = TREES.readTree(body);
            if (!tree.isObject()) {
                return Optional.empty();
            }
            for (Map.Entry<String, JsonNode> field : tree.properties()) {
                JsonNode value = field.getValue();
                fields.add(field.getKey());
                switch (field.getKey()) {
                    case "secret", "model" -> fields.add("text " + text(value));
                    case "amount", "" -> fields.add("number " + number(value));
                    default -> throw new IllegalArgumentException("no such field");
                }
            }
            return Optional.of(fields);
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode value) {
        if (!value.isString() && !value.isNull()) {
            throw new IllegalArgumentException("no text");
        }
        return value.isNull() ? "null" : value.stringValue();
    }

    private static String number(JsonNode value) {
        if (!value.isNull() && !(value.isIntegralNumber() && value.canConvertToLong())) {
            throw new IllegalArgumentException("no whole number of 64 bits");
        }
        return value.isNull() ? "null" : Long.toString(value.longValue());
    }

    /** What a request is told of its body: the fields in their order, or what is wrong. */
    private static String told(
            BiFunction<byte[], Function<JsonBody, List<String>>, List<String>> reader,
            byte[] body) {
        try {
            return reader.apply(body, PlainJsonTest::fields).toString();
        } catch (InvalidField e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static List<String> fields(JsonBody json) {
        List<String> fields = new ArrayList<>();
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            fields.add(field);
            switch (field) {
                case "secret", "model" -> fields.add("text " + json.text());
                case "amount", "" -> fields.add("number " + json.wholeNumber());
                default -> throw json.unknown(field);
            }
        }
        return fields;
    }

    private static byte[] body(Random random) {
        StringBuilder text = new StringBuilder().append(space(random)).append('{');
        int fields = random.nextInt(random.nextInt(20) == 0 ? 11 : 4);
        for (int i = 0; i < fields; i++) {
            text.append(i == 0 ? "" : ",")
                    .append(space(random))
                    .append('"')
                    .append(fields > 4 ? "f" + i : one(random, NAMES))
                    .append('"')
                    .append(space(random))
                    .append(':')
                    .append(space(random))
                    .append(one(random, VALUES))
                    .append(space(random));
        }
        text.append('}').append(one(random, AFTER));
        byte[] body = text.toString().getBytes(encoding(random));
        return random.nextInt(3) == 0 ? changed(random, body) : body;
    }

    private static String space(Random random) {
        return random.nextInt(4) == 0 ? one(random, SPACES) : "";
    }

    private static Charset encoding(Random random) {
        return switch (random.nextInt(50)) {
            case 0 -> UTF_16LE;
            case 1 -> UTF_16BE;
            default -> UTF_8;
        };
    }

    /** One byte is another, or not there, or one more is. */
    private static byte[] changed(Random random, byte[] body) {
        int place = random.nextInt(body.length);
        byte[] changed =
                switch (random.nextInt(3)) {
                    case 0 -> body.clone();
                    case 1 -> Arrays.copyOf(body, body.length - 1);
                    default -> Arrays.copyOf(body, body.length + 1);
                };
        int kept = Math.min(body.length, changed.length) - place;
        if (changed.length > body.length) {
            System.arraycopy(body, place, changed, place + 1, kept);
        } else if (changed.length < body.length && kept > 0) {
            System.arraycopy(body, place + 1, changed, place, kept);
            return changed;
        }
        if (place < changed.length) {
            changed[place] = random.nextBoolean() ? (byte) random.nextInt() : (byte) one(random);
        }
        return changed;
    }

    private static char one(Random random) {
        String all = "{}[]\",:0123456789-nul \\\n.e";
        return all.charAt(random.nextInt(all.length()));
    }

    private static String one(Random random, String[] of) {
        return of[random.nextInt(of.length)];
    }
}
