package com.tokaify.ledger.audit.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.sample.SampleLedger;
import com.tokaify.ledger.audit.source.EventSource;
import com.tokaify.ledger.audit.source.SourceFailed;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What could not be read to its end is no clean ledger. */
class PassTest {
    private static final SampleLedger LEDGER = SampleLedger.standard();

    /** A sample of which one partition cannot be read. */
    private record Broken(int partition) implements EventSource {
        @Override
        public String name() {
            return "a broken sample";
        }

        @Override
        public int partitions() {
            return LEDGER.partitions();
        }

        @Override
        public long end(int number) {
            return LEDGER.end(number);
        }

        @Override
        public void read(int number, long after, Sink sink) {
            if (number == partition) {
                throw new SourceFailed("partition " + number + " is gone");
            }
            LEDGER.read(number, after, sink);
        }

        @Override
        public void close() {
            // It lies in memory.
        }
    }

    @Test
    void everyEventIsShownAndEveryPartitionEnded() {
        AtomicInteger seen = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        CheckFactory counting =
                (_, _) ->
                        new PartitionCheck() {
                            @Override
                            public void see(LoggedEvent event) {
                                seen.incrementAndGet();
                            }

                            @Override
                            public void end() {
                                ended.incrementAndGet();
                            }
                        };
        Pass pass = new Pass(LEDGER, List.of(counting), new Findings(), Progress.UNSEEN);
        assertThat(pass.run(2)).isEqualTo(LEDGER.events().size());
        assertThat(seen).hasValue(LEDGER.events().size());
        assertThat(ended).hasValue(LEDGER.partitions());
    }

    @Test
    void sourceThatCannotBeReadEndsThePass() {
        for (int partition = 0; partition < LEDGER.partitions(); partition++) {
            Pass pass = new Pass(new Broken(partition), List.of(), new Findings(), Progress.UNSEEN);
            assertThatThrownBy(() -> pass.run(2))
                    .isInstanceOf(SourceFailed.class)
                    .hasMessageEndingWith(" is gone");
        }
    }
}
