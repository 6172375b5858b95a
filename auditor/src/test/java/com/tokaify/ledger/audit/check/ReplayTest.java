package com.tokaify.ledger.audit.check;

import static com.tokaify.ledger.audit.sample.SampleLedger.CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.sample.SampleLedger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A replay folds what it is asked for, no more and no less. */
class ReplayTest {
    private static final SampleLedger LEDGER = SampleLedger.standard();

    private final Findings findings = new Findings();

    @Test
    void everythingIsFolded() {
        Replay replay = Replay.upTo(LEDGER, (Instant) null, findings, Progress.UNSEEN);
        assertThat(replay.events()).isEqualTo(LEDGER.events().size());
        assertThat(replay.bytes())
                .isEqualTo(LEDGER.events().stream().mapToLong(each -> each.payload().length).sum());
        assertThat(replay.ledger().tokens()).hasSize(2);
        assertThat(findings.count()).isZero();
    }

    @Test
    void whatWasNotYetInEffectIsLeftOut() {
        LoggedEvent last = LEDGER.event(CHAT, 4);
        Instant then = Instant.parse(last.recordedAt());
        Replay replay = Replay.upTo(LEDGER, then, findings, Progress.UNSEEN);
        assertThat(replay.events()).isEqualTo(LEDGER.events().indexOf(last) + 1);
    }

    @Test
    void whatIsBehindAPositionIsLeftOut() {
        Replay replay = Replay.upTo(LEDGER, _ -> 2, findings, Progress.UNSEEN);
        assertThat(replay.events())
                .isEqualTo(LEDGER.events().stream().filter(each -> each.pseq() <= 2).count())
                .isLessThan(LEDGER.events().size());
    }
}
