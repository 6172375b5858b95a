package com.tokaify.ledger.events.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a reader of the contract refuses, tried on every golden file in every place. */
class StrictnessTest {

    static List<GoldenEvent> examples() {
        return GoldenEvent.all();
    }

    /** A missing field stops the reader; no default is made up for it. */
    @ParameterizedTest
    @MethodSource("examples")
    void everyFieldIsNeeded(GoldenEvent example) {
        for (Mutant mutant : Mutant.withoutAField(json(example))) {
            assertUnreadable(example.type(), mutant);
        }
    }

    /** Null is read only where the record says that it may be null. */
    @ParameterizedTest
    @MethodSource("examples")
    void nullIsReadOnlyWhereTheContractHasIt(GoldenEvent example) {
        for (Mutant mutant : Mutant.withANull(json(example))) {
            if (Nullability.allowsNullsOf(example.type().eventClass(), mutant.json())) {
                assertThat(EventCodec.decode(example.type(), mutant.bytes())).isNotNull();
            } else {
                assertUnreadable(example.type(), mutant);
            }
        }
    }

    /** Nothing is converted: a text is no number, a number no time, a list no single value. */
    @ParameterizedTest
    @MethodSource("examples")
    void valueOfAnotherTypeIsUnreadable(GoldenEvent example) {
        for (Mutant mutant : Mutant.withAnotherType(json(example))) {
            assertUnreadable(example.type(), mutant);
        }
    }

    /** Which of two values counts would be a guess. */
    @ParameterizedTest
    @MethodSource("examples")
    void repeatedKeyIsUnreadable(GoldenEvent example) throws Exception {
        String text = new String(example.file().bytes(), UTF_8);
        for (var field : json(example).properties()) {
            String twice =
                    "{\"" + field.getKey() + "\":" + field.getValue() + "," + text.substring(1);
            assertUnreadable(example.type(), twice.getBytes(UTF_8), twice);
        }
    }

    /** Bytes behind the event are damage, not decoration. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "x", "0", "}", ",", "null"})
    void trailingBytesAreUnreadable(String trailing) throws Exception {
        for (GoldenEvent example : examples()) {
            String text = new String(example.file().bytes(), UTF_8) + trailing;
            assertUnreadable(example.type(), text.getBytes(UTF_8), text);
        }
    }

    /** Half an event, cut anywhere, is no event. */
    @ParameterizedTest
    @MethodSource("examples")
    void cutOffEventIsUnreadable(GoldenEvent example) throws Exception {
        byte[] bytes = example.file().bytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertUnreadable(example.type(), cut, new String(cut, UTF_8));
        }
    }

    /** Only an object is an event. */
    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"\"", "1", "true", "[{}]"})
    void anythingButAnObjectIsUnreadable(String text) {
        for (EventType type : EventType.values()) {
            assertUnreadable(type, text.getBytes(UTF_8), text);
        }
    }

    /** A newer writer may add fields within a version: this reader passes over them. */
    @ParameterizedTest
    @MethodSource("examples")
    void fieldAddedByANewerWriterIsIgnored(GoldenEvent example) {
        for (Mutant mutant : Mutant.withAnotherField(json(example))) {
            assertThat(EventCodec.decode(example.type(), mutant.bytes()))
                    .as(mutant.toString())
                    .isEqualTo(example.event());
        }
    }

    /** Ids, hashes and address ranges have one form, their text; not their insides as an object. */
    @Test
    void insidesOfAValueAreNotItsForm() {
        assertUnreadable(
                EventType.IP_ALLOWLIST_CHANGED,
                """
                {"ipAllowlist":[{"network":{"high":1,"low":1},"prefixLength":3}]}\
                """);
        assertUnreadable(
                EventType.SECRET_ROTATED,
                """
                {"lookupHash":{"a":1,"b":2,"c":3,"d":4},"mask":"sk-tkf0**********Fe8s",\
                "previousValidUntil":null}\
                """);
        assertUnreadable(
                EventType.TOKEN_CREATED,
                """
                {"accountId":{"uuid":"019ab0c4-5e6f-7000-8000-000000000001"},"name":"ci",\
                "group":"default","restrictions":{"quotaLimit":null,"models":null,\
                "ipAllowlist":null,"expiresAt":null},\
                "lookupHash":"MRAtFtu-WDZhmvuF3iTKrSB_odb2FmdTpaSdnfgBuwQ",\
                "mask":"sk-tkf0**********Fe8s"}\
                """);
    }

    /** A time is an ISO-8601 text with its zone, not seconds since some day in some unit. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1795000000",
                "\"1795000000\"",
                "\"2026-11-23T10:32:00\"",
                "\"2026-11-23\"",
                "\" 2026-11-23T10:32:00Z\"",
                "\"+10000-01-01T00:00:00Z\""
            })
    void timeInAnotherFormIsUnreadable(String time) {
        assertUnreadable(EventType.TOKEN_EXPIRED, "{\"expiresAt\":" + time + "}");
    }

    private static JsonNode json(GoldenEvent example) {
        return StrictJson.MAPPER.valueToTree(example.event());
    }

    private static void assertUnreadable(EventType type, Mutant mutant) {
        assertUnreadable(type, mutant.bytes(), mutant.toString());
    }

    private static void assertUnreadable(EventType type, String text) {
        assertUnreadable(type, text.getBytes(UTF_8), text);
    }

    private static void assertUnreadable(EventType type, byte[] bytes, String what) {
        assertThatThrownBy(() -> EventCodec.decode(type, bytes))
                .as("%s %s", type.ceType(), what)
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining(type.ceType());
    }
}
