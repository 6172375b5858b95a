package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenOptionsTest {
    private static final Path DATA = Path.of("/ledger/data");

    /** What is not said is left out, or is where the launcher says. */
    @Test
    void takesARoleAlone() {
        assertThat(AccessTokenOptions.parse(List.of("access-token", "--role", "auditor"), DATA))
                .isEqualTo(new AccessTokenOptions("auditor", null, DATA));
    }

    /** Everything that can be said is heard, in any order. */
    @Test
    void takesEverything() {
        assertThat(
                        AccessTokenOptions.parse(
                                List.of(
                                        "access-token",
                                        "--data",
                                        "/other",
                                        "--account",
                                        "acc_1",
                                        "--role",
                                        "owner"),
                                DATA))
                .isEqualTo(new AccessTokenOptions("owner", "acc_1", Path.of("/other")));
    }

    /** A line that cannot be meant is refused with the right one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "access-token",
                "access-token --account acc_1",
                "access-token --role",
                "access-token --role owner --accuont acc_1",
                "access-token owner"
            })
    void refusesWhatItDoesNotUnderstand(String line) {
        assertThatThrownBy(() -> AccessTokenOptions.parse(List.of(line.split(" ")), DATA))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("access-token --role ROLE [--account ID] [--data DIR]");
    }
}
