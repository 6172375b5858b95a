package com.tokaify.ledger.benchmarks.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.benchmarks.CommandLine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportBenchmarkIT {
    @TempDir private Path temporary;

    /**
     * The benchmark keeps running and telling, against the real jar: figures are not judged here.
     */
    @Test
    void reportsEveryContestant() throws Exception {
        String report = new CommandLine(ExportBenchmark::run).report(temporary, "--quick");
        assertThat(report)
                .contains("`./ledger bench export --quick ")
                .containsPattern("export as NDJSON +\\|")
                .containsPattern("export as CSV +\\|")
                .containsPattern("floor: COPY to stdout +\\|")
                .containsPattern("\\d+ MiB of live heap");
    }
}
