package com.tokaify.ledger.query.live;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.query.audit.AuditRow;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * What a listener has missed while it was away, read for it alone. After a restart all listeners
 * come back at once; a few at a time are told, so that those who query still get connections.
 */
final class Replay {
    private static final int AT_ONCE = 2;

    /** Events read at once, which bounds what one listener holds in memory. */
    private static final long MOST_AT_ONCE = 5_000;

    private final Changes changes;
    private final Changes ofAsker;
    private final long maxEvents;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /**
     * @param changes of the whole ledger, which alone can tell whether anything lacks
     * @param ofAsker of what the one on whose thread it is asked may know of
     * @param maxEvents a listener that has missed more than this is not told
     */
    Replay(Changes changes, Changes ofAsker, long maxEvents) {
        this.changes = changes;
        this.ofAsker = ofAsker;
        this.maxEvents = maxEvents;
    }

    /** Takes the messages. */
    @FunctionalInterface
    interface Receiver {
        void receive(LiveMessage message) throws IOException;
    }

    /** Whether everything between the marks can be told. */
    boolean isPossible(Mark from, Mark to) {
        return to.covers(from) && from.eventsTo(to) <= maxEvents && changes.areWhole(from, to);
    }

    void run(Mark from, Mark to, LiveScope scope, Receiver receiver)
            throws IOException, InterruptedException {
        Mark at = from;
        while (!at.covers(to)) {
            Mark next = at.towards(to, MOST_AT_ONCE);
            for (AuditRow change : read(at, next, scope)) {
                if (scope.covers(change)) {
                    receiver.receive(
                            LiveMessage.changed(
                                    at.within(
                                            next,
                                            change.position().partition(),
                                            change.position().pseq()),
                                    change));
                }
            }
            at = next;
        }
    }

    /** A place is held while it is read, and not while a slow listener is written to. */
    private List<AuditRow> read(Mark from, Mark to, LiveScope scope) throws InterruptedException {
        AccountId account = scope.accountId();
        places.acquire();
        try {
            return ofAsker.between(from, to, account == null ? null : List.of(account));
        } finally {
            places.release();
        }
    }
}
