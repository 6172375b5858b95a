package com.tokaify.ledger.benchmarks.enforce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnforceBenchmarkIT {
    @TempDir private Path temporary;

    /**
     * The benchmark keeps running and telling, against the real jars: figures are not judged here,
     * and programs a machine does not have are left out by name.
     */
    @Test
    void reportsEveryContestant() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Path markdown = temporary.resolve("report.md");
        int exitCode =
                EnforceBenchmark.run(
                        List.of("--quick", "--tokens", "200", "--markdown", markdown.toString()),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8));
        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(exitCode).isZero();
        String report = Files.readString(markdown);
        assertThat(out.toString(UTF_8)).endsWith(report);
        assertThat(report)
                .contains("`./ledger bench enforce --quick --tokens 200 ")
                .containsPattern("POST /v1/verify +\\| +Zipf \\| +64 \\|")
                .containsPattern("/authz +\\| +Zipf \\| +64 \\|")
                .containsPattern("no-op, POST +\\| +Zipf \\| +64 \\|")
                .containsPattern("PostgreSQL, SELECT by key +\\| +Zipf \\| +64 \\|")
                .containsPattern("hotToken +\\| +[\\d,]+ \\|")
                .containsPattern("20,000 +\\| +\\d+ \\|")
                .containsPattern("all tokens replayed from Kafka +\\| +\\d+\\.\\d \\|")
                .containsPattern("all tokens from its last snapshot +\\| +\\d+\\.\\d \\|")
                .containsPattern("was refused \\d+\\.\\d ms");
        for (String program : List.of("nginx", "redis-server")) {
            if (Rival.find(program).isEmpty()) {
                assertThat(report).containsPattern("left out: [^.]*" + program);
            }
        }
    }
}
