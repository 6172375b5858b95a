package com.tokaify.ledger.audit.check;

import com.tokaify.ledger.audit.finding.Findings;

/** Makes the checks of each partition; keeps what they share. Asked by several threads. */
@FunctionalInterface
public interface CheckFactory {
    PartitionCheck of(int partition, Findings findings);
}
