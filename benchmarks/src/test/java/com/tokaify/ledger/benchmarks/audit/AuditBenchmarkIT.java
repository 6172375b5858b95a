package com.tokaify.ledger.benchmarks.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.benchmarks.CommandLine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditBenchmarkIT {
    @TempDir private Path temporary;

    /**
     * The benchmark keeps running and telling, both replays are clean and come to the same: figures
     * are not judged here.
     */
    @Test
    void reportsReplaysBesideTheirFloors() throws Exception {
        String report =
                new CommandLine(AuditBenchmark::run)
                        .report(temporary, "--quick", "--events", "3000");
        assertThat(report)
                .contains("`./ledger bench audit --quick --events 3000 ")
                .contains("The same 3,000 events of 300 tokens")
                .containsPattern("replay from the store +\\| +Zipf \\|.* %")
                .containsPattern("floor: COPY, rows thrown away +\\| +Zipf \\|")
                .containsPattern("replay from Kafka +\\| +Zipf \\|.* %")
                .containsPattern("floor: records thrown away +\\| +Zipf \\|")
                .containsPattern("sealing, .* \\|.*\\|.*\\|")
                .containsPattern("verify: store, .* +\\| +3,000 \\|");
    }
}
