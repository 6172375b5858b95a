package com.tokaify.ledger.query.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens are asked for, newest first. Null does not restrict.
 *
 * @param search part of the name in any case, part of the mask, or a whole id
 * @param limit the most items on a page
 * @param after where the page before ended: its {@code nextCursor}
 */
record TokenQuery(
        @Nullable AccountId accountId,
        @Nullable TokenStatus status,
        @Nullable String group,
        @Nullable String search,
        @Schema(minimum = "1", maximum = "200", defaultValue = "50") int limit,
        @JsonProperty("cursor") @Nullable TokenCursor after) {
    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 200;
    private static final int MAX_SEARCH_LENGTH = 100;

    static TokenQuery parse(QueryParameters parameters) {
        parameters.allowOnly("accountId", "status", "group", "search", "limit", "cursor");
        return new TokenQuery(
                parameters.optional("accountId", (_, text) -> AccountId.parse(text)),
                parameters.optional("status", TokenStatus::parse),
                parameters.optional("group", FieldRules::group),
                parameters.optional(
                        "search", (name, text) -> FieldRules.text(name, text, MAX_SEARCH_LENGTH)),
                parameters.wholeNumber("limit", 1, MAX_LIMIT, DEFAULT_LIMIT),
                parameters.optional("cursor", TokenCursor::parse));
    }

    /** The token whose id was searched for, if it is an id that was. */
    List<TokenId> searchedIds() {
        try {
            return search == null ? List.of() : List.of(TokenId.parse(search));
        } catch (InvalidField e) {
            return List.of();
        }
    }
}
