package com.tokaify.ledger.audit.seal;

import com.tokaify.ledger.audit.source.SourceFailed;

/** The last checkpoint of a log. */
public final class LatestCheckpoint {
    private LatestCheckpoint() {}

    /**
     * Its note.
     *
     * @throws SourceFailed where nothing is sealed yet
     */
    public static String of(SealLog log) {
        try (Cursor<SealedCheckpoint> checkpoints = log.checkpoints()) {
            String note = null;
            for (SealedCheckpoint each = checkpoints.next();
                    each != null;
                    each = checkpoints.next()) {
                note = each.note();
            }
            if (note == null) {
                throw new SourceFailed("nothing is sealed yet");
            }
            return note;
        }
    }
}
