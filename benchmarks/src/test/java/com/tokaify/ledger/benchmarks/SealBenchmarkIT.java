package com.tokaify.ledger.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealBenchmarkIT {
    @TempDir private Path temporary;

    /**
     * Two ledgers run side by side, both hold what they acknowledged, and one of them is sealed:
     * figures are not judged here.
     */
    @Test
    void reportsWhatSealingTakes() throws Exception {
        String report =
                new CommandLine(SealBenchmark::run)
                        .report(temporary, "--quick", "--tokens", "200", "--rounds", "2");
        assertThat(report)
                .contains("`./ledger bench seal --quick --tokens 200 --rounds 2 ")
                .containsPattern("Of what was booked meanwhile \\d+ % was sealed meanwhile")
                .containsPattern(
                        "one at a time +\\| +256 \\|.*\\| +-?\\d+\\.\\d % \\(.* – .*\\) \\|")
                .containsPattern("bulk of 100 +\\| +16 \\|");
    }
}
