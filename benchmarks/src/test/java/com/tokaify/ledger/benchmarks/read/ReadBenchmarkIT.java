package com.tokaify.ledger.benchmarks.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.benchmarks.CommandLine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadBenchmarkIT {
    @TempDir private Path temporary;

    /**
     * The benchmark keeps running and telling, against the real jar, and every question is
     * answered: figures are not judged here.
     */
    @Test
    void reportsEveryQuestionBesideTheFloor() throws Exception {
        String report = new CommandLine(ReadBenchmark::run).report(temporary, "--quick");

        assertThat(report)
                .contains("`./ledger bench read --quick ")
                .contains("with 2,000 tokens of 21 accounts, 20,000 rows of history and ");
        for (String question :
                List.of(
                        "list, newest first",
                        "list, by name",
                        "list, by last use",
                        "list, by consumption",
                        "list, by expiry",
                        "search, part of a name",
                        "search, mask",
                        "filter, enabled",
                        "filter, 90 % of its quota",
                        "token",
                        "history of a token",
                        "token as of an instant",
                        "statement of an account, a month",
                        "feed",
                        "feed by a rare actor")) {
            assertThat(report).containsPattern("\\| " + question + " +\\| +Zipf \\| +8 \\|.* %");
        }
        assertThat(report).containsPattern("floor: SELECT by key +\\| +Zipf \\| +8 \\|");
    }
}
