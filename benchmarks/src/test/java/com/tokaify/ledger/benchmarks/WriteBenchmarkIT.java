package com.tokaify.ledger.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteBenchmarkIT {
    @TempDir private Path temporary;

    private final CommandLine line = new CommandLine(WriteBenchmark::run);

    /**
     * The benchmark keeps running and telling, against the real jar: figures are not judged here.
     */
    @Test
    void reportsEveryContestantAndProcess() throws Exception {
        String report = line.report(temporary, "--quick", "--tokens", "200");
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
        assertThat(line.run("--fast")).isEqualTo(2);
        assertThat(line.err()).contains("unknown option '--fast'", Options.USAGE);
        assertThat(line.out()).isEmpty();
    }
}
