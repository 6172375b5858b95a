package com.tokaify.ledger.command.takeover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tokaify.ledger.events.InvalidField;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenExportTest {
    private static final String KEY = "aB3".repeat(16);
    private static final String ROW = "{\"id\":7,\"key\":\"" + KEY + "\",\"name\":\"ci\"}";

    private static List<ExportedToken> json(String text) {
        return TokenExport.json(text.getBytes(UTF_8));
    }

    private static List<ExportedToken> csv(String text) {
        return TokenExport.csv(text.getBytes(UTF_8));
    }

    /** A list by itself, or as the systems' own API pages it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[%s,%s]",
                "{\"success\":true,\"message\":\"\",\"data\":[%s,%s]}",
                "{\"data\":{\"page\":1,\"total\":2,\"items\":[%s,%s]},\"success\":true}"
            })
    void readsAListOrAPage(String shape) {
        List<ExportedToken> tokens = json(shape.formatted(ROW, ROW.replace("ci", "other")));
        assertThat(tokens).hasSize(2);
        assertThat(tokens.getFirst().name()).isEqualTo("ci");
        assertThat(tokens.getFirst().sourceId()).isEqualTo("7");
        assertThat(tokens.get(1).name()).isEqualTo("other");
    }

    /** Numbers, words and nulls are read alike; what nobody needs is passed over. */
    @Test
    void readsEveryKindOfValue() {
        ExportedToken token =
                json("""
                [{"key":"k","name":"ci","remain_quota":5,"unlimited_quota":false,
                  "allow_ips":null,"setting":{"a":1},"user_id":9}]
                """)
                        .getFirst();
        assertThat(token.quotaLimit()).isEqualTo(5);
        assertThat(token.ipAllowlist()).isNull();
    }

    /**
     * A spreadsheet's export: quoted, with commas and lines inside a field, and a byte order mark.
     */
    @Test
    void readsCsv() {
        List<ExportedToken> tokens =
                csv(
                        "\ufeffid,key,name,allow_ips,models\r\n"
                                + "7,"
                                + KEY
                                + ",\"a \"\"b\"\"\",\"10.0.0.1\n10.0.0.2\",\"gpt-4o,o3\"\r\n"
                                + "\r\n"
                                + "8,"
                                + KEY
                                + ",c,,\r\n");
        assertThat(tokens).hasSize(2);
        assertThat(tokens.getFirst().sourceId()).isEqualTo("7");
        assertThat(tokens.getFirst().name()).isEqualTo("a \"b\"");
        assertThat(tokens.getFirst().ipAllowlist()).hasSize(2);
        assertThat(tokens.getFirst().models()).containsExactly("gpt-4o", "o3");
        assertThat(tokens.get(1).ipAllowlist()).isNull();
        assertThat(tokens.get(1).models()).isNull();
    }

    /** What cannot be read is refused without a word of what is in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "{}",
                "{\"data\":7}",
                "[{\"key\":\"%s]",
                "[{\"key\":\"%s\",}]",
                "%s",
                "[]",
                "[7,\"%s\"]x"
            })
    void refusesWhatIsNoList(String text) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> json(text.replace("%s", KEY)))
                .satisfies(e -> {
                    assertThat(e.field()).isEqualTo("body");
                    assertThat(e.rule()).doesNotContain("aB3");
                    assertThat(e.getCause()).isNull();
                });
    }

    /** A line that does not fit the header is no row: its fields would be taken for others. */
    @ParameterizedTest
    @ValueSource(strings = {"", "id,key\n", "id,key\n1,%s,x\n", "id,key\n%s\n", "id,key\n1,\"%s\n"})
    void refusesWhatIsNoTable(String text) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> csv(text.replace("%s", KEY)))
                .satisfies(e -> {
                    assertThat(e.field()).isEqualTo("body");
                    assertThat(e.rule()).doesNotContain("aB3");
                    assertThat(e.getCause()).isNull();
                });
    }

    /** A request has a bound; who has more sends it in parts. */
    @Test
    void isBounded() {
        assertThat(json("[" + "{},".repeat(999) + "{}]")).hasSize(1_000);
        assertThat(csv("id\n" + "7\n".repeat(1_000))).hasSize(1_000);
        for (Runnable reading :
                List.<Runnable>of(
                        () -> json("[" + "{},".repeat(1_000) + "{}]"),
                        () -> csv("id\n" + "7\n".repeat(1_001)))) {
            assertThatExceptionOfType(InvalidField.class)
                    .isThrownBy(reading::run)
                    .withMessage("body must have 1 to 1000 tokens");
        }
    }
}
