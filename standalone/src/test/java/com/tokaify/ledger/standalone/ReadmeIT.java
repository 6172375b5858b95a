package com.tokaify.ledger.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README tells the truth: its calls are made as they stand there and print what stands there.
 */
class ReadmeIT {
    private static final String MARK = "---8<---";

    @TempDir private Path temporary;

    @Test
    void everyCallPrintsWhatTheReadmeShows() throws Exception {
        Readme readme = Readme.read(Path.of("..", "README.md"));
        assertThat(readme.calls()).hasSizeGreaterThanOrEqualTo(5);
        try (RunningLedger ledger = new RunningLedger(temporary.resolve("data"))) {
            List<String> printed = run(readme, ledger.ports());
            List<String> expected = new ArrayList<>();
            readme.calls().forEach(call -> expected.add(Readme.essence(call.output())));
            assertThat(printed.stream().map(Readme::essence).toList()).isEqualTo(expected);
        }
    }

    /** All calls in one shell, so that what one stores the next can use; only the ports differ. */
    private List<String> run(Readme readme, Map<LedgerPort, Integer> ports)
            throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("set -eu\n");
        for (Readme.Call call : readme.calls()) {
            script.append(call.command()).append("\necho\necho '").append(MARK).append("'\n");
        }
        String moved = script.toString();
        for (Map.Entry<LedgerPort, Integer> port : ports.entrySet()) {
            moved =
                    moved.replace(
                            "localhost:" + port.getKey().defaultNumber(),
                            "127.0.0.1:" + port.getValue());
        }
        Path file = Files.writeString(temporary.resolve("readme.sh"), moved);
        Process shell =
                new ProcessBuilder("bash", file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String output = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(shell.exitValue()).as(output).isZero();
        return List.of(output.split(MARK + "\\s*"));
    }
}
