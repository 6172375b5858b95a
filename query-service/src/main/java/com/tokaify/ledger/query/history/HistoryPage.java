package com.tokaify.ledger.query.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a history.
 *
 * @param nextCursor asks for the page after this one; null on the last
 * @param keptSince events of before are kept no longer; null where all are
 */
record HistoryPage(
        List<HistoryItem> items, @Nullable String nextCursor, @Nullable Instant keptSince) {}
