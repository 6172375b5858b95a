package com.tokaify.ledger.query.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.query.web.ListCursor;
import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.query.web.SortOrder;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts are asked for, and in which order. Null does not restrict.
 *
 * @param search part of the name in any case, or a whole id
 * @param sort by which field
 * @param order ascending or descending; if not given, newest first, but names ascending
 * @param limit the most items on a page
 * @param after where the page before ended: its {@code nextCursor}, with the same search and order
 */
record AccountQuery(
        @Nullable String search,
        @Schema(defaultValue = "openedAt") AccountSort sort,
        @Nullable SortOrder order,
        @Schema(minimum = "1", maximum = "200", defaultValue = "50") int limit,
        @JsonProperty("cursor") @Nullable ListCursor after) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    private static final int MAX_SEARCH_LENGTH = 100;

    static AccountQuery parse(QueryParameters parameters) {
        parameters.allowOnly("search", "sort", "order", "limit", "cursor");
        AccountSort sort = parameters.optional("sort", AccountSort::parse);
        AccountQuery first =
                new AccountQuery(
                        parameters.optional(
                                "search",
                                (name, text) -> FieldRules.text(name, text, MAX_SEARCH_LENGTH)),
                        sort == null ? AccountSort.OPENED_AT : sort,
                        parameters.optional("order", SortOrder::parse),
                        parameters.wholeNumber("limit", 1, MAX_LIMIT, DEFAULT_LIMIT),
                        null);
        ListCursor after =
                parameters.optional(
                        "cursor",
                        (name, text) -> {
                            ListCursor cursor = ListCursor.parse(name, text, first.question());
                            first.sort.requireKey(name, cursor.key());
                            return cursor;
                        });
        return new AccountQuery(first.search, first.sort, first.order, first.limit, after);
    }

    SortOrder direction() {
        return order == null ? sort.usual() : order;
    }

    /** The account whose id was searched for, if it is an id that was. */
    Optional<AccountId> searchedId() {
        try {
            return Optional.ofNullable(search).map(AccountId::parse);
        } catch (InvalidField e) {
            return Optional.empty();
        }
    }

    ListCursor cursorAt(AccountView account) {
        return new ListCursor(question(), sort.keyOf(account), account.accountId().uuid());
    }

    private int question() {
        return ListCursor.question(search, sort, direction());
    }
}
