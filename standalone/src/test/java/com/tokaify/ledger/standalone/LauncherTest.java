package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./ledger} before it does anything. */
@Timeout(60)
class LauncherTest {

    /** Who asks how a command is used does not wait for a build. */
    @ParameterizedTest
    @ValueSource(strings = {"help", "-h", "up --help", "demo -h", "bench --help"})
    void usageIsToldAtOnce(String arguments) throws Exception {
        assertThat(run(0, arguments.split(" ")))
                .startsWith("usage: ./ledger up")
                .doesNotContain("building");
    }

    @Test
    void unknownCommandIsRefusedByName() throws Exception {
        assertThat(run(2, "upp")).contains("unknown command 'upp'");
    }

    private static String run(int exitCode, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Pages.HOUSE.resolve("ledger").toString()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(exitCode);
        return said;
    }
}
