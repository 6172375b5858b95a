package com.tokaify.ledger.benchmarks.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.benchmarks.CommandLine;
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
        String report =
                new CommandLine(EnforceBenchmark::run)
                        .report(temporary, "--quick", "--tokens", "200");
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
