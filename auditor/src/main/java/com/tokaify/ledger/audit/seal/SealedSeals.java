package com.tokaify.ledger.audit.seal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log of seals, seal by seal, as they were made and told. */
public final class SealedSeals implements Cursor<SealedSeal> {
    private final Cursor<SealedCheckpoint> checkpoints;
    private final Cursor<SealedRun> runs;
    private @Nullable SealedRun run;

    public SealedSeals(SealLog log) {
        this.checkpoints = log.checkpoints();
        this.runs = log.runs();
        this.run = runs.next();
    }

    @Override
    public @Nullable SealedSeal next() {
        @Nullable SealedCheckpoint checkpoint = checkpoints.next();
        if (checkpoint == null) {
            return null;
        }
        List<SealedRun> its = new ArrayList<>();
        while (run != null && run.firstLeaf() < checkpoint.size()) {
            its.add(run);
            run = runs.next();
        }
        return new SealedSeal(List.copyOf(its), checkpoint);
    }

    @Override
    public void close() {
        runs.close();
        checkpoints.close();
    }
}
