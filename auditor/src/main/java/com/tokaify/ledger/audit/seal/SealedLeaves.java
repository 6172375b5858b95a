package com.tokaify.ledger.audit.seal;

import org.jspecify.annotations.Nullable;

/** The leaf hashes of a partition's events, taken in the order of positions. */
public final class SealedLeaves implements AutoCloseable {
    private final Cursor<SealedRun> runs;
    private @Nullable SealedRun run;
    private int at;

    public SealedLeaves(Cursor<SealedRun> runs) {
        this.runs = runs;
        this.run = nextWhole();
    }

    /** The position of the leaf that is next; behind everything at the end. */
    public long position() {
        return run == null ? Long.MAX_VALUE : run.firstPseq() + at;
    }

    /** Where the leaf that is next stands in the log. */
    public long index() {
        return run == null ? Long.MAX_VALUE : run.firstLeaf() + at;
    }

    /** Takes its hash and goes on to the one after it. */
    public byte[] take() {
        SealedRun current = run;
        if (current == null) {
            throw new IllegalStateException("there is no further leaf");
        }
        byte[] hash = current.hash(at);
        at++;
        if (at == current.count()) {
            run = nextWhole();
            at = 0;
        }
        return hash;
    }

    /** A row that is not whole says nothing of leaves; the check of the log tells of it. */
    private @Nullable SealedRun nextWhole() {
        @Nullable SealedRun next = runs.next();
        while (next != null && !next.isWhole()) {
            next = runs.next();
        }
        return next;
    }

    @Override
    public void close() {
        runs.close();
    }
}
