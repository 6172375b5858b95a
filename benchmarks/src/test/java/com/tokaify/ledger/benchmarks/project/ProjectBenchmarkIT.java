package com.tokaify.ledger.benchmarks.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectBenchmarkIT {
    @TempDir private Path temporary;

    /**
     * The benchmark keeps running and telling, against the real jar, and the views hold what the
     * backlog says: figures are not judged here.
     */
    @Test
    void reportsTheViewsBesideTheFloor() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Path markdown = temporary.resolve("report.md");
        int exitCode =
                ProjectBenchmark.run(
                        List.of("--quick", "--events", "3000", "--markdown", markdown.toString()),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8));
        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(exitCode).isZero();
        String report = Files.readString(markdown);
        assertThat(out.toString(UTF_8)).endsWith(report);
        assertThat(report)
                .contains("`./ledger bench project --quick --events 3000 ")
                .contains("A backlog of 3,000 events of 300 tokens")
                .contains("(books, ")
                .containsPattern("query-service, all views +\\| +Zipf \\|.* %")
                .containsPattern("floor: COPY of raw rows +\\| +Zipf \\|");
    }
}
