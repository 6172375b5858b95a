package com.tokaify.ledger.query.token;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor asks for the page after this one; null on the last
 */
public record TokenPage(List<TokenItem> items, @Nullable String nextCursor) {

    /**
     * Makes a page of at most {@code limit} items out of one more, which tells that there are more.
     */
    static TokenPage of(List<TokenItem> found, int limit) {
        if (found.size() <= limit) {
            return new TokenPage(List.copyOf(found), null);
        }
        List<TokenItem> items = List.copyOf(found.subList(0, limit));
        return new TokenPage(items, new TokenCursor(items.getLast().tokenId()).toString());
    }
}
