package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.testkit.Await;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The README and the guide tell the truth: their calls are made as they stand there and print what
 * stands there.
 */
@ExtendWith(SharedLedger.class)
class ReadmeIT {
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir private Path temporary;

    /**
     * Enforcement learns of a command a moment later, so its answers are awaited; all others count
     * at once.
     */
    @ParameterizedTest
    @CsvSource({"README.md, 8", "docs/getting-started.md, 6"})
    void everyCallPrintsWhatThePageShows(String page, int calls, RunningLedger ledger)
            throws Exception {
        Readme readme = Readme.read(Path.of("..", page));
        assertThat(readme.calls()).hasSizeGreaterThanOrEqualTo(calls);
        try (Shell shell = new Shell(temporary)) {
            for (Readme.Call call : readme.calls()) {
                String command = withThisLedger(call.command(), ledger);
                String expected = Readme.essence(call.output());
                if (call.command().contains("/v1/verify")) {
                    Await.until(
                            SOON,
                            command,
                            () -> Readme.essence(shell.run(command)),
                            expected::equals);
                } else {
                    assertThat(Readme.essence(shell.run(command))).as(command).isEqualTo(expected);
                }
            }
        }
    }

    /** The ledger of this test in place of the one a reader has started. */
    private static String withThisLedger(String command, RunningLedger ledger) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String console =
                LedgerPort.CONSOLE.variable() + "=" + ledger.ports().get(LedgerPort.CONSOLE);
        String accessToken =
                "env -u JAVA_TOOL_OPTIONS %s %s -Dledger.data=%s -cp '%s' %s access-token"
                        .formatted(
                                console,
                                java,
                                ledger.data(),
                                System.getProperty("java.class.path"),
                                AccessToken.class.getName());
        return withPorts(
                command.replace("./ledger access-token", accessToken)
                        .replace("cat data/", "cat " + ledger.data() + "/"),
                ledger.ports());
    }

    private static String withPorts(String command, Map<LedgerPort, Integer> ports) {
        String moved = command;
        for (Map.Entry<LedgerPort, Integer> port : ports.entrySet()) {
            moved =
                    moved.replace(
                            "localhost:" + port.getKey().defaultNumber(),
                            "127.0.0.1:" + port.getValue());
        }
        return moved;
    }

    /** One shell for all calls, so that what one stores the next can use. */
    private static final class Shell implements AutoCloseable {
        private static final String END = "---8<---";

        private final Process process;
        private final BufferedWriter input;
        private final BufferedReader output;

        Shell(Path folder) throws IOException {
            process =
                    new ProcessBuilder("bash")
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
            input = process.outputWriter();
            output = process.inputReader();
        }

        String run(String command) throws IOException {
            input.write(command + "\necho\necho '" + END + "'\n");
            input.flush();
            StringBuilder printed = new StringBuilder();
            for (String line = output.readLine();
                    line != null && !line.equals(END);
                    line = output.readLine()) {
                printed.append(line).append('\n');
            }
            return printed.toString();
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
