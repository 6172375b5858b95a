package com.tokaify.ledger.audit.check;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.finding.FindingKind;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.fold.Bookings;
import com.tokaify.ledger.audit.fold.Contradiction;
import com.tokaify.ledger.audit.fold.Ledger;
import com.tokaify.ledger.audit.fold.LedgerFold;
import com.tokaify.ledger.audit.fold.Mark;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Folds all events, and tells of those that say nothing or cannot have happened. */
public final class Folding implements CheckFactory {
    private final IntFunction<Mark> marks;
    private final Function<Findings, Bookings> bookings;
    private final Map<Integer, LedgerFold> folds = new ConcurrentHashMap<>();

    Folding(IntFunction<Mark> marks, Function<Findings, Bookings> bookings) {
        this.marks = marks;
        this.bookings = bookings;
    }

    /** Only the fold: what is booked is taken for what it says. */
    public Folding() {
        this(_ -> Mark.NONE, _ -> Bookings.UNSEEN);
    }

    @Override
    public PartitionCheck of(int partition, Findings findings) {
        LedgerFold fold = new LedgerFold(marks.apply(partition), bookings.apply(findings));
        folds.put(partition, fold);
        return event -> see(fold, event, findings);
    }

    private static void see(LedgerFold fold, LoggedEvent event, Findings findings) {
        try {
            fold.apply(event);
        } catch (Contradiction e) {
            findings.add(
                    FindingKind.STATE_CONTRADICTED, where(event), String.valueOf(e.getMessage()));
        } catch (UnreadableEvent | IllegalArgumentException e) {
            findings.add(
                    FindingKind.EVENT_UNREADABLE, where(event), String.valueOf(e.getMessage()));
        }
    }

    /** Both of its names, since one of them may be wrong. */
    static String where(LoggedEvent event) {
        return event.id() + " at " + event.partition() + ":" + event.pseq();
    }

    /** What all has come to, once every partition was seen. */
    public Ledger ledger() {
        return Ledger.of(folds.values());
    }

    /** What it had come to where the views stand. */
    Ledger atMark() {
        return Ledger.atMark(folds.values());
    }
}
