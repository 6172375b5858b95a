package com.tokaify.ledger.command.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.events.Position;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandCountsTest {
    private final CommandCounts counts = new CommandCounts();

    /** A command is counted under how it ended and under nothing else. */
    @Test
    void commandsAreCountedByHowTheyEnded() {
        counts.add(
                List.of(
                        new CommandResult.Committed<>("answer", new Position(0, 1), 0),
                        new CommandResult.Refused<>(Refusal.QUOTA_EXHAUSTED, "none left"),
                        new CommandResult.Committed<>("answer", new Position(0, 2), 1)));
        counts.addUndecided(3);

        assertThat(counts.committed()).isEqualTo(2);
        assertThat(counts.refused(Refusal.QUOTA_EXHAUSTED)).isEqualTo(1);
        assertThat(counts.undecided()).isEqualTo(3);
        assertThat(Arrays.stream(Refusal.values()).mapToLong(counts::refused).sum()).isEqualTo(1);
    }
}
