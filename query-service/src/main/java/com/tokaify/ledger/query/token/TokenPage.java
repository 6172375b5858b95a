package com.tokaify.ledger.query.token;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param total how many tokens pass the filters, on all pages; null where they are too many to be
 *     counted at every question
 * @param totalAtLeast how many there are at least: the total, or as far as was counted
 * @param nextCursor asks for the page after this one; null on the last
 */
public record TokenPage(
        List<TokenItem> items,
        @Nullable Integer total,
        int totalAtLeast,
        @Nullable String nextCursor) {}
