package com.tokaify.ledger.benchmarks.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.benchmarks.CommandLine;
import java.nio.file.Path;
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
        String report =
                new CommandLine(ProjectBenchmark::run)
                        .report(temporary, "--quick", "--events", "3000");
        assertThat(report)
                .contains("`./ledger bench project --quick --events 3000 ")
                .contains("A backlog of 3,000 events of 300 tokens")
                .contains("(books, ")
                .containsPattern("query-service, all views +\\| +Zipf \\|.* %")
                .containsPattern("floor: COPY of raw rows +\\| +Zipf \\|");
    }
}
