package com.tokaify.ledger.query.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the feed.
 *
 * @param nextCursor asks for the page after this one; null on the last
 */
record AuditPage(List<AuditEvent> items, @Nullable String nextCursor) {

    /**
     * Makes a page of at most {@code limit} events out of one more, which tells that there are
     * more.
     */
    static AuditPage of(List<AuditRow> found, int limit) {
        boolean more = found.size() > limit;
        List<AuditRow> shown = more ? found.subList(0, limit) : found;
        return new AuditPage(
                shown.stream().map(AuditRow::shown).toList(),
                more ? AuditCursor.of(shown.getLast()).toString() : null);
    }
}
