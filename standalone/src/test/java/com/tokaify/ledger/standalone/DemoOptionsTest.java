package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoOptionsTest {
    private static final Path DEFAULT = Path.of("/default");

    /** A demo needs no options; those that are given count, in any order. */
    @Test
    void readsRateLengthAndFolder() {
        assertThat(DemoOptions.parse(List.of("demo"), DEFAULT))
                .isEqualTo(new DemoOptions(20, Duration.ofMinutes(3), DEFAULT));
        assertThat(
                        DemoOptions.parse(
                                List.of("demo", "--minutes", "0.5", "--data", "/d", "--rate", "7"),
                                DEFAULT))
                .isEqualTo(new DemoOptions(7, Duration.ofSeconds(30), Path.of("/d")));
    }

    /** Nothing is guessed, and nothing is played that never ends or never begins. */
    @ParameterizedTest
    @CsvSource({
        "demo --rate, --rate needs a value",
        "demo --rate 0, '--rate is calls a second, 1 to 5000, not ''0'''",
        "demo --rate 5001, '--rate is calls a second, 1 to 5000, not ''5001'''",
        "demo --minutes 0, '--minutes is how long the day takes, up to 1440, not ''0'''",
        "demo --minutes 1441, '--minutes is how long the day takes, up to 1440, not ''1441'''",
        "demo --minutes long, '--minutes is how long the day takes, up to 1440, not ''long'''",
        "demo --speed 3, unknown option '--speed'",
        "play, usage:"
    })
    void refusesWhatItDoesNotKnow(String line, String message) {
        assertThatThrownBy(() -> DemoOptions.parse(List.of(line.split(" ")), DEFAULT))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(message);
    }
}
