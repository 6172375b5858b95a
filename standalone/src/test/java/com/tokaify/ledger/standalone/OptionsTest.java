package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    private static final Path DEFAULT = Path.of("/default");

    /** Without options the launcher's folder is kept; with them, in any order, they count. */
    @Test
    void readsDataAndFresh() {
        assertThat(Options.parse(List.of("up"), DEFAULT)).isEqualTo(new Options(DEFAULT, false));
        assertThat(Options.parse(List.of("up", "--fresh", "--data", "/d/../e"), DEFAULT))
                .isEqualTo(new Options(Path.of("/e"), true));
    }

    /** Nothing is guessed: a line that is not understood starts nothing. */
    @ParameterizedTest
    @CsvSource({
        "up --data, --data needs a folder",
        "up --frsh, unknown option '--frsh'",
        "down, usage:"
    })
    void refusesWhatItDoesNotKnow(String line, String message) {
        assertThatThrownBy(() -> Options.parse(List.of(line.split(" ")), DEFAULT))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(message);
    }
}
