package com.tokaify.ledger.audit.witness;

import com.tokaify.ledger.audit.core.Checkpoint;
import com.tokaify.ledger.audit.core.Malformed;
import com.tokaify.ledger.audit.core.Note;
import com.tokaify.ledger.audit.core.Proofs;
import com.tokaify.ledger.audit.core.VerifierKey;
import com.tokaify.ledger.audit.source.SourceFailed;
import com.tokaify.ledger.audit.tile.TileNodes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a log to its word. Each checkpoint must be signed by the log and continue the one kept
 * before; then it is kept in that one's place, with a cosignature that says so. The proof is made
 * from tiles the log itself hands out, which it may forge: one that leads from the kept root to the
 * new one cannot be made up.
 */
public final class Witness {
    private final PublishedLog log;
    private final VerifierKey logKey;
    private final WitnessStore store;
    private final SigningKey own;
    private final InstantSource clock;
    private final Duration patience;
    private @Nullable Instant shorterSince;

    /**
     * @param patience how long the log may show fewer leaves than were kept
     */
    public Witness(
            PublishedLog log,
            VerifierKey logKey,
            WitnessStore store,
            SigningKey own,
            InstantSource clock,
            Duration patience) {
        this.log = log;
        this.logKey = logKey;
        this.store = store;
        this.own = own;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Looks at the log once.
     *
     * @throws SourceFailed where it cannot be looked at, which says nothing about it
     */
    public Seen look() {
        String text = log.checkpoint();
        try {
            Note seen = Note.parse(text);
            Checkpoint now = Checkpoint.parse(seen.text());
            if (!logKey.signed(seen) || !now.origin().equals(logKey.name())) {
                return refuse("the checkpoint is not signed by " + logKey, text);
            }
            Optional<String> kept = store.checkpoint();
            if (kept.isEmpty()) {
                keep(seen);
                return new Seen.First(now.size());
            }
            return follow(Checkpoint.parse(Note.parse(kept.get()).text()), now, seen);
        } catch (Malformed e) {
            return refuse("what is shown is no checkpoint: " + e.why(), text);
        }
    }

    private Seen follow(Checkpoint before, Checkpoint now, Note seen) {
        if (now.size() < before.size()) {
            return shorter(before.size(), now.size(), seen);
        }
        shorterSince = null;
        if (!Proofs.consistent(before, now, proof(before, now))) {
            return refuse(
                    "the log of %d leaves does not begin with the one of %d that was kept"
                            .formatted(now.size(), before.size()),
                    seen.toString());
        }
        if (now.size() == before.size()) {
            return new Seen.Unchanged(now.size());
        }
        keep(seen);
        return new Seen.Continued(before.size(), now.size());
    }

    /** Where several answer for one log, one of them may be behind, for a while. */
    private Seen shorter(long before, long now, Note seen) {
        Instant since = shorterSince == null ? clock.instant() : shorterSince;
        shorterSince = since;
        if (clock.instant().isBefore(since.plus(patience))) {
            return new Seen.Behind(before, now);
        }
        return refuse("the log has %d leaves, it had %d".formatted(now, before), seen.toString());
    }

    private List<byte[]> proof(Checkpoint before, Checkpoint now) {
        return before.size() == 0 || before.size() == now.size()
                ? List.of()
                : Proofs.consistency(
                        new TileNodes(log.tiles(now.size())), before.size(), now.size());
    }

    private void keep(Note seen) {
        long seconds = clock.instant().getEpochSecond();
        // Of what else may stand below the text nothing is known here.
        List<Note.Signature> byLog =
                seen.signatures().stream()
                        .filter(each -> each.name().equals(logKey.name()))
                        .toList();
        Note bare = new Note(seen.text(), byLog);
        store.keepCheckpoint(bare.with(own.sign(seen.text(), seconds)).toString());
    }

    private Seen.Refused refuse(String why, String seen) {
        Path evidence =
                store.keepEvidence(
                        Long.toString(clock.instant().toEpochMilli()),
                        store.checkpoint().orElse(""),
                        seen);
        return new Seen.Refused(why + "; both notes are kept in " + evidence);
    }
}
