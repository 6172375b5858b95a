package com.tokaify.ledger.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One table per rule: what it lets through and what it refuses. */
class FieldRulesTest {

    static Stream<Arguments> texts() {
        String surrogate = "\ud83d";
        return Stream.of(
                texts(
                        "name",
                        value -> FieldRules.name("f", value),
                        List.of("x", " x ", "Büro 東京", "🙂".repeat(100), "a".repeat(100)),
                        List.of("", " ", "\u3000", "a".repeat(101), "a\nb", "\u007f", surrogate)),
                texts(
                        "text",
                        value -> FieldRules.text("f", value, 3),
                        List.of("abc", "🙂🙂🙂"),
                        List.of("", "abcd", "\t", "a\u0000b")),
                texts(
                        "group",
                        value -> FieldRules.group("f", value),
                        List.of("default", "VIP-2", "0", "a._-", "a".repeat(64)),
                        List.of("", "-a", ".a", "_a", "a b", "é", "a/b", "a\n", "a".repeat(65))),
                texts(
                        "model",
                        value -> FieldRules.model("f", value),
                        List.of("gpt-4o", "deepseek-ai/DeepSeek-V3.1", "!", "~", "a".repeat(200)),
                        List.of("", " ", "a b", "é", "a\n", "\u007f", "a".repeat(201))),
                texts(
                        "usageId",
                        value -> FieldRules.usageId("f", value),
                        List.of("req-1", "chatcmpl-9:1", "!", "a".repeat(128)),
                        List.of("", " ", "a b", "é", "a\n", "a".repeat(129))),
                texts(
                        "mask",
                        value -> FieldRules.mask("f", value),
                        List.of("sk-tkf0**********Fe8s", "*"),
                        List.of(
                                "",
                                "sk-tkf0 *********Fe8s",
                                "sk-tkf0***********Fe8s",
                                "sk-tkf0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabc1XFe8s")));
    }

    /** What callers may call things, to the last character; a null is told to be missing. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void textRuleLetsThroughAndRefuses(
            String rule, Consumer<@Nullable String> check, List<String> good, List<String> bad) {
        good.forEach(value -> assertThatCode(() -> check.accept(value)).doesNotThrowAnyException());
        bad.forEach(value -> assertRefused(() -> check.accept(value), "f must "));
        assertRefused(() -> check.accept(null), "f is required");
    }

    static Stream<Arguments> numbers() {
        long max = 500_000_000_000_000L;
        long maxTotal = 9_007_199_254_740_991L;
        return Stream.of(
                numbers(
                        "amount",
                        value -> FieldRules.amount("f", value),
                        List.of(1L, max),
                        List.of(0L, -1L, max + 1, Long.MIN_VALUE, Long.MAX_VALUE)),
                numbers(
                        "adjustment",
                        value -> FieldRules.adjustment("f", value),
                        List.of(1L, -1L, max, -max),
                        List.of(0L, max + 1, -max - 1, Long.MIN_VALUE, Long.MAX_VALUE)),
                numbers(
                        "limit",
                        value -> FieldRules.limit("f", value),
                        List.of(0L, 1L, max),
                        List.of(-1L, max + 1, Long.MIN_VALUE, Long.MAX_VALUE)),
                numbers(
                        "optional limit",
                        value -> FieldRules.optionalLimit("f", value),
                        List.of(0L, 1L, max),
                        List.of(-1L, max + 1, Long.MIN_VALUE, Long.MAX_VALUE)),
                numbers(
                        "total",
                        value -> FieldRules.total("f", value),
                        List.of(0L, 1L, maxTotal),
                        List.of(-1L, maxTotal + 1, Long.MIN_VALUE, Long.MAX_VALUE)));
    }

    /** No amount can overflow or go below zero where that means nothing. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("numbers")
    void numberRuleLetsThroughAndRefuses(
            String rule, Consumer<Long> check, List<Long> good, List<Long> bad) {
        good.forEach(value -> assertThatCode(() -> check.accept(value)).doesNotThrowAnyException());
        bad.forEach(value -> assertRefused(() -> check.accept(value), "f must be "));
    }

    /** A time is one that every reader can write in four digits of year. */
    @Test
    void instantLiesInTheYearsThatTextCanHold() {
        for (String good : List.of("0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z")) {
            assertThat(FieldRules.instant("f", Instant.parse(good))).hasToString(good);
        }
        for (Instant bad :
                List.of(
                        Instant.parse("0000-01-01T00:00:00Z").minusNanos(1),
                        Instant.parse("+10000-01-01T00:00:00Z"),
                        Instant.MIN,
                        Instant.MAX)) {
            assertRefused(() -> FieldRules.instant("f", bad), "f must be a time in the years");
        }
        assertRefused(() -> FieldRules.instant("f", null), "f is required");
    }

    /** Absent is a value of its own wherever the contract allows it. */
    @Test
    void absentIsAllowedWhereItIsOptional() {
        assertThat(FieldRules.optionalText("f", null, 3)).isNull();
        assertThat(FieldRules.optionalModel("f", null)).isNull();
        assertThat(FieldRules.optionalModels("f", null)).isNull();
        assertThat(FieldRules.optionalLimit("f", null)).isNull();
        assertThat(FieldRules.optionalInstant("f", null)).isNull();
    }

    /** Models are kept in their order without repeats; the complaint names the bad one. */
    @Test
    void modelsAreKeptInOrderWithoutRepeats() {
        assertThat(FieldRules.optionalModels("f", List.of("b", "a", "b")))
                .containsExactly("b", "a");
        assertRefused(() -> FieldRules.optionalModels("f", List.of("a", "b c")), "f[1] must ");
        assertRefused(
                () -> FieldRules.optionalModels("f", Arrays.asList("a", null)), "f[1] is required");
    }

    /** An empty list would be taken for "any"; a longer one has no end. */
    @Test
    void modelsAreOneToFiveHundred() {
        List<String> most = IntStream.range(0, 500).mapToObj(i -> "m" + i).toList();

        assertThat(FieldRules.optionalModels("f", most)).hasSize(500);
        assertRefused(() -> FieldRules.optionalModels("f", List.of()), "f must name 1 to 500");
        assertRefused(
                () -> FieldRules.optionalModels("f", Collections.nCopies(501, "m")),
                "f must name 1 to 500");
    }

    /** The error carries field and rule apart, for the edge to put into its answer. */
    @Test
    void errorCarriesFieldAndRule() {
        assertThatThrownBy(() -> FieldRules.amount("amount", 0))
                .isInstanceOfSatisfying(
                        InvalidField.class,
                        error -> {
                            assertThat(error.field()).isEqualTo("amount");
                            assertThat(error.rule())
                                    .isEqualTo("must be 1 to 500000000000000 units");
                        });
    }

    private static Arguments texts(
            String rule, Consumer<@Nullable String> check, List<String> good, List<String> bad) {
        return Arguments.of(rule, check, good, bad);
    }

    private static Arguments numbers(
            String rule, Consumer<Long> check, List<Long> good, List<Long> bad) {
        return Arguments.of(rule, check, good, bad);
    }

    private static void assertRefused(ThrowingCallable check, String complaint) {
        assertThatThrownBy(check)
                .isInstanceOf(InvalidField.class)
                .hasMessageStartingWith(complaint);
    }
}
