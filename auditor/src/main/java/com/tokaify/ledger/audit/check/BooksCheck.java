package com.tokaify.ledger.audit.check;

import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.fold.Ledger;
import com.tokaify.ledger.audit.fold.Mark;
import java.security.SecureRandom;
import java.util.function.IntFunction;

/**
 * The books: totals are sums, no cap was exceeded by what had to keep it, every overrun says so,
 * and what may be booked once is booked once. The fold comes with it, see {@link Folding}.
 */
public final class BooksCheck implements CheckFactory {
    private final Folding folding;

    /**
     * @param marks where the views stand in each partition
     */
    public BooksCheck(IntFunction<Mark> marks) {
        long seed = new SecureRandom().nextLong();
        this.folding = new Folding(marks, findings -> new PartitionBooks(findings, seed));
    }

    /** Without views to be held against the ledger later. */
    public BooksCheck() {
        this(_ -> Mark.NONE);
    }

    @Override
    public PartitionCheck of(int partition, Findings findings) {
        return folding.of(partition, findings);
    }

    /** What all has come to, once every partition was seen. */
    public Ledger ledger() {
        return folding.ledger();
    }

    /** What it had come to where the views stand. */
    public Ledger atMark() {
        return folding.atMark();
    }
}
