package com.tokaify.ledger.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteBenchmarkIT {
    @TempDir private Path temporary;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return WriteBenchmark.run(
                List.of(arguments),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
    }

    /**
     * The benchmark keeps running and telling, against the real jar: figures are not judged here.
     */
    @Test
    void reportsEveryContestantAndProcess() throws Exception {
        Path markdown = temporary.resolve("report.md");
        int exitCode = run("--quick", "--tokens", "200", "--markdown", markdown.toString());
        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(exitCode).isZero();
        String report = Files.readString(markdown);
        assertThat(out.toString(UTF_8)).endsWith(report);
        assertThat(report)
                .contains("`./ledger bench write --quick --tokens 200 ")
                .contains("PostgreSQL 18")
                .containsPattern("in process, one at a time +\\| +Zipf \\| +64 \\|")
                .containsPattern("in process, one at a time +\\| +hot token \\| +1024 \\|")
                .containsPattern("in process, bulk of 1000 +\\| +Zipf \\| +4 \\|")
                .containsPattern("today: UPDATE and INSERT +\\| +hot token \\| +256 \\|")
                .containsPattern("stock Axon over JDBC +\\| +Zipf \\| +256 \\|")
                .containsPattern("over HTTP, one at a time +\\| +Zipf \\| +256 \\|")
                .containsPattern("booked from ledger.usage +\\| +hot token \\|")
                .containsPattern("no-op over HTTP +\\| +Zipf \\| +1024 \\|")
                .containsPattern("floor: COPY, 1000 rows a transaction +\\| +Zipf \\| +1 \\|")
                .containsPattern("command-service +\\| +\\d+ \\| +\\d+ \\|");
    }

    /** Whoever mistypes an option is told which there are, and nothing is started. */
    @Test
    void tellsItsOptions() {
        assertThat(run("--fast")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("unknown option '--fast'", Options.USAGE);
        assertThat(out.toString(UTF_8)).isEmpty();
    }
}
