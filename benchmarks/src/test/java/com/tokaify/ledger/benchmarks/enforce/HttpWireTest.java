package com.tokaify.ledger.benchmarks.enforce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpWireTest {
    private static final String ANSWER =
            "HTTP/1.1 200 \r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"valid\":true}";

    private static int answer(String text) {
        byte[] received = new byte[1_000];
        byte[] bytes = text.getBytes(ISO_8859_1);
        System.arraycopy(bytes, 0, received, 0, bytes.length);
        return new HttpWire().answer(received, bytes.length);
    }

    /** An answer counts once its last byte is there, wherever the network has cut it. */
    @Test
    void waitsForTheLastByte() {
        for (int length = 0; length < ANSWER.length(); length++) {
            assertThat(answer(ANSWER.substring(0, length))).isEqualTo(Wire.INCOMPLETE);
        }
        assertThat(answer(ANSWER)).isEqualTo(ANSWER.length());
    }

    /** Servers write the name of the header as they like. */
    @Test
    void readsTheLengthInAnyCase() {
        String lower = ANSWER.replace("Content-Length", "content-length");
        assertThat(answer(lower)).isEqualTo(ANSWER.length());
    }

    /** What is refused, or has no length, is not an answer that was hoped for: the run ends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void refusesOtherAnswers(String text) {
        assertThatThrownBy(() -> answer(text)).isInstanceOf(IllegalStateException.class);
    }
}
