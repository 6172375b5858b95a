package com.tokaify.ledger.audit.check;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.finding.FindingKind;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.source.EventSource;

/** Positions of a partition are 1, 2, 3 … up to where the source says it ends. */
public final class PositionCheck implements PartitionCheck {
    private final int partition;
    private final long end;
    private final Findings findings;
    private final Stretch missing;
    private long last;

    private PositionCheck(int partition, long end, Findings findings) {
        this.partition = partition;
        this.end = end;
        this.findings = findings;
        this.missing =
                new Stretch(findings, FindingKind.POSITION_MISSING, partition, "has no event");
    }

    public static CheckFactory over(EventSource source) {
        return (partition, findings) ->
                new PositionCheck(partition, source.end(partition), findings);
    }

    @Override
    public void see(LoggedEvent event) {
        if (event.pseq() <= last) {
            findings.add(
                    FindingKind.POSITION_REPEATED,
                    partition + ":" + event.pseq(),
                    "event " + event.id() + " stands behind position " + last);
            return;
        }
        if (event.pseq() > last + 1) {
            missing.add(last + 1, event.pseq() - 1);
        }
        last = event.pseq();
    }

    @Override
    public void end() {
        if (last < end) {
            missing.add(last + 1, end);
        }
        missing.end();
    }
}
