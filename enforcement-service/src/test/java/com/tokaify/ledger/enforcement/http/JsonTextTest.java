package com.tokaify.ledger.enforcement.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.http.JsonText.Name;
import com.tokaify.ledger.events.codec.StrictJson;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    private static final Name A = Name.of("a");
    private static final Name B = Name.of("b");

    /** Letters that JSON has something to say about, of one to four bytes, and some others. */
    private static final int[] LETTERS = {
        'a', 'Z', '7', ' ', '!', '~', '/', '\'', '"', '\\', 0, 7, '\b', '\t', '\n', '\r', 0x1f,
        0x7f, 0x80, 0xe9, 0x7ff, 0x800, 0x2028, 0xffff, 0x1f600
    };

    /** Every kind of value, with a comma between and none elsewhere. */
    @Test
    void everyKindOfValueIsWritten() {
        JsonText json = new JsonText();
        assertThat(new String(new JsonText().end(), UTF_8)).isEqualTo("{}");
        json.field(A, true);
        json.field(B, false);
        json.field(A, Long.MIN_VALUE);
        json.field(B, (Long) null);
        json.field(A, "text");
        json.field(B, (String) null);
        json.json(A, "{\"c\":[]}".getBytes(UTF_8));
        json.field(B, 0L);
        assertThat(new String(json.end(), UTF_8))
                .isEqualTo(
                        "{\"a\":true,\"b\":false,\"a\":-9223372036854775808,\"b\":null,\"a\":\"text\","
                                + "\"b\":null,\"a\":{\"c\":[]},\"b\":0}");
    }

    /** Whatever stands in a text, it is written as Jackson writes it, however long it is. */
    @Test
    void everyTextIsWrittenAsJacksonWritesIt() {
        Random random = new Random(20261130);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            int letters = random.nextInt(random.nextInt(100) == 0 ? 2_000 : 8);
            int kinds = random.nextInt(LETTERS.length) + 1;
            for (int letter = 0; letter < letters; letter++) {
                text.appendCodePoint(LETTERS[random.nextInt(kinds)]);
            }
            JsonText json = new JsonText();
            json.field(A, text.toString());
            json.field(B, text.toString());
            String written = StrictJson.MAPPER.writeValueAsString(text.toString());
            assertThat(new String(json.end(), UTF_8))
                    .isEqualTo("{\"a\":" + written + ",\"b\":" + written + "}");
        }
    }
}
