package com.tokaify.ledger.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    private static final Path SERVICES = Path.of("services");

    private static Options parse(String line) {
        return Options.parse(line.isEmpty() ? List.of() : List.of(line.split(" ", -1)), SERVICES);
    }

    /** Without a word the run is long enough to be believed. */
    @Test
    void measuresThreeTimesByDefault() {
        Options options = parse("");
        assertThat(options.tokens()).isEqualTo(1_000_000);
        assertThat(options.events()).isEqualTo(5_000_000);
        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.window()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.services()).isEqualTo(SERVICES);
        assertThat(options.seals()).isTrue();
        assertThat(options.markdown()).isEmpty();
    }

    /** What is named holds, also beside --quick and wherever that stands. */
    @Test
    void takesWhatIsNamedOverWhatIsQuick() {
        Options options =
                parse(
                        "--tokens 7 --rounds 2 --quick --seconds 5 --no-seals --services x --markdown y");
        assertThat(options.tokens()).isEqualTo(7);
        assertThat(options.rounds()).isEqualTo(2);
        assertThat(options.window()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.services()).isEqualTo(Path.of("x"));
        assertThat(options.seals()).isFalse();
        assertThat(options.markdown()).contains(Path.of("y"));
    }

    /** A mistyped line never starts minutes of work. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--fast",
                "--tokens",
                "--tokens 0",
                "--events 0",
                "--rounds 101",
                "--seconds two",
                "write"
            })
    void refusesWhatItDoesNotUnderstand(String line) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(Options.Unusable.class)
                .hasMessageContaining(Options.USAGE);
    }
}
