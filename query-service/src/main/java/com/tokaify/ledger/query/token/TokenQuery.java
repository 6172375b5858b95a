package com.tokaify.ledger.query.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.query.web.ListCursor;
import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.query.web.SortOrder;
import com.tokaify.ledger.query.web.Times;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens are asked for, and in which order. Null does not restrict.
 *
 * @param model only tokens that may use it: those that name it and those that may use any
 * @param search part of the name in any case, part of the mask, or a whole id or mask, which are
 *     looked for as such alone; never a secret
 * @param expiringBefore only tokens that expire before this instant, or have
 * @param nearQuota only tokens that have used at least so many percent of their limit
 * @param sort by which field; tokens that are equal in it follow in the order of their creation
 * @param order ascending or descending; if not given, newest, most recent, highest first, but names
 *     and expiries ascending
 * @param limit the most items on a page
 * @param after where the page before ended: its {@code nextCursor}, with the same filters and order
 */
record TokenQuery(
        @Nullable AccountId accountId,
        @Nullable TokenStatus status,
        @Nullable String group,
        @Nullable String model,
        @Nullable String search,
        @Nullable Instant expiringBefore,
        @Schema(minimum = "1", maximum = "100") @Nullable Integer nearQuota,
        @Schema(defaultValue = "createdAt") TokenSort sort,
        @Nullable SortOrder order,
        @Schema(minimum = "1", maximum = "200", defaultValue = "50") int limit,
        @JsonProperty("cursor") @Nullable ListCursor after) {
    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 200;
    private static final int MAX_SEARCH_LENGTH = 100;

    /** As lists show it, whole. */
    private static final Pattern MASK = Pattern.compile("sk-[A-Za-z0-9]{4}\\*{10}[A-Za-z0-9]{4}");

    /** What begins like a key of ours or of the systems ours were taken over from. */
    private static final Pattern SECRET = Pattern.compile("(?i:Bearer\\s+)?sk-[A-Za-z0-9]{16,}");

    static TokenQuery parse(QueryParameters parameters) {
        parameters.allowOnly(
                "accountId",
                "status",
                "group",
                "model",
                "search",
                "expiringBefore",
                "nearQuota",
                "sort",
                "order",
                "limit",
                "cursor");
        TokenSort sort = parameters.optional("sort", TokenSort::parse);
        TokenQuery first =
                new TokenQuery(
                        parameters.optional("accountId", (_, text) -> AccountId.parse(text)),
                        parameters.optional("status", TokenStatus::parse),
                        parameters.optional("group", FieldRules::group),
                        parameters.optional("model", FieldRules::model),
                        parameters.optional("search", TokenQuery::search),
                        parameters.optional("expiringBefore", Times::instant),
                        parameters.optional(
                                "nearQuota", (name, _) -> parameters.wholeNumber(name, 1, 100, 1)),
                        sort == null ? TokenSort.CREATED_AT : sort,
                        parameters.optional("order", SortOrder::parse),
                        parameters.wholeNumber("limit", 1, MAX_LIMIT, DEFAULT_LIMIT),
                        null);
        return first.after(
                parameters.optional(
                        "cursor",
                        (name, text) -> {
                            ListCursor cursor = ListCursor.parse(name, text, first.question());
                            first.sort.requireKey(name, cursor.key());
                            return cursor;
                        }));
    }

    /**
     * Addresses are written down by everything they pass through, so a secret in one is no secret
     * any more. The complaint does not repeat it.
     */
    private static String search(String field, String text) {
        if (SECRET.matcher(text.strip()).matches()
                || TokenSecret.parse(text).isPresent()
                || TokenSecret.parseForeign(text).isPresent()) {
            throw new InvalidField(
                    field,
                    "must not be a secret; search for its first or last four characters, and"
                            + " rotate the token whose secret was put into an address");
        }
        return FieldRules.text(field, text, MAX_SEARCH_LENGTH);
    }

    SortOrder direction() {
        return order == null ? sort.usual() : order;
    }

    /** The token whose id was searched for, if it is an id that was. */
    Optional<TokenId> searchedId() {
        try {
            return Optional.ofNullable(search).map(TokenId::parse);
        } catch (InvalidField e) {
            return Optional.empty();
        }
    }

    /** Whether a whole mask is searched for, and not a text that may be in it or in a name. */
    boolean searchesMask() {
        return search != null && MASK.matcher(search).matches();
    }

    /** Whether a text is searched for that may be anywhere in a name or a mask. */
    boolean searchesText() {
        return search != null && !searchesMask() && searchedId().isEmpty();
    }

    ListCursor cursorAt(TokenItem item) {
        return new ListCursor(question(), sort.keyOf(item), item.tokenId().uuid());
    }

    TokenQuery after(@Nullable ListCursor cursor) {
        return new TokenQuery(
                accountId,
                status,
                group,
                model,
                search,
                expiringBefore,
                nearQuota,
                sort,
                order,
                limit,
                cursor);
    }

    private int question() {
        return ListCursor.question(
                accountId,
                status,
                group,
                model,
                search,
                expiringBefore,
                nearQuota,
                sort,
                direction());
    }
}
