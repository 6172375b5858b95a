package com.tokaify.ledger.benchmarks.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportBenchmarkIT {
    @TempDir private Path temporary;

    /**
     * The benchmark keeps running and telling, against the real jar: figures are not judged here.
     */
    @Test
    void reportsEveryContestant() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Path markdown = temporary.resolve("report.md");
        int exitCode =
                ExportBenchmark.run(
                        List.of("--quick", "--markdown", markdown.toString()),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8));
        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(exitCode).isZero();
        String report = Files.readString(markdown);
        assertThat(out.toString(UTF_8)).endsWith(report);
        assertThat(report)
                .contains("`./ledger bench export --quick ")
                .containsPattern("export as NDJSON +\\|")
                .containsPattern("export as CSV +\\|")
                .containsPattern("floor: COPY to stdout +\\|")
                .containsPattern("\\d+ MiB of live heap");
    }
}
