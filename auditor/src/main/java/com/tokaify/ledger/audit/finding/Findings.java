package com.tokaify.ledger.audit.finding;

import java.util.ArrayList;
import java.util.List;

/**
 * Findings as they come, from several threads. Bounded: a ledger in which everything is wrong is
 * told by its first findings and how many there are.
 */
public final class Findings {
    private static final int KEPT = 1_000;

    private final List<Finding> first = new ArrayList<>();
    private long count;

    public synchronized void add(FindingKind kind, String where, String what) {
        if (first.size() < KEPT) {
            first.add(new Finding(kind, where, what));
        }
        count++;
    }

    /** The first thousand. */
    public synchronized List<Finding> first() {
        return List.copyOf(first);
    }

    public synchronized long count() {
        return count;
    }
}
