package com.tokaify.ledger.audit.check;

import com.tokaify.ledger.audit.finding.FindingKind;
import com.tokaify.ledger.audit.finding.Findings;

/**
 * Positions with the same thing wrong with them, told as one finding for as long as they follow
 * each other: what is missing is mostly missing in a row.
 */
final class Stretch {
    private final Findings findings;
    private final FindingKind kind;
    private final int partition;
    private final String predicate;
    private long from;
    private long to;

    /**
     * @param predicate what is wrong, after "position …", e.g. "is not there"
     */
    Stretch(Findings findings, FindingKind kind, int partition, String predicate) {
        this.findings = findings;
        this.kind = kind;
        this.partition = partition;
        this.predicate = predicate;
    }

    void add(long first, long last) {
        if (from == 0 || first != to + 1) {
            end();
            from = first;
        }
        to = last;
    }

    /** Tells of what has come so far. */
    void end() {
        if (from == 0) {
            return;
        }
        String where = partition + ":" + from;
        String positions =
                from == to
                        ? "position " + where
                        : "each of the positions " + where + " to " + partition + ":" + to;
        findings.add(kind, where, positions + " " + predicate);
        from = 0;
    }
}
