package com.tokaify.ledger.query.token;

import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.sql.Columns;
import com.tokaify.ledger.query.sql.Within;
import com.tokaify.ledger.service.access.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a {@link TokenQuery} restricts, as conditions on {@code token} and, where usage decides,
 * {@code token_use}; the order and the page do not. One statement's.
 *
 * <p>Filters are told in stored columns and {@code :now}, never in the status that {@link
 * TokenTable} works out, so that indexes apply to them; {@code TokenTableIT} holds the two against
 * each other.
 */
final class TokenFilters {
    /** By the expression the index has, and once more by the column that PostgreSQL has counted. */
    private static final String EXPIRES =
            "(coalesce(expires_at, 'infinity') %1$s AND expires_at %1$s)";

    private static final String EXPIRED = "(expired OR " + EXPIRES.formatted("<= :now") + ")";
    private static final String NOT_EXPIRED =
            "NOT expired AND (expires_at IS NULL OR expires_at > :now)";

    /** The percents that are stored still count: the period lasts, or there never was a quota. */
    private static final String COUNTS =
            "(period_ends_at IS NULL OR period_ends_at > :now OR quota_limit = 0)";

    /** Narrows a search by the index of runs of characters. */
    static final String HAS_ITS_RUNS =
            """
            search_grams(casefold((name || chr(10) || mask) COLLATE pg_unicode_fast), 1)
                @> search_grams(casefold(:search COLLATE pg_unicode_fast), least(3, char_length(:search)))
            """;

    private static final String SEARCHED =
            """
            (position(casefold(:search COLLATE pg_unicode_fast) IN casefold(name COLLATE pg_unicode_fast)) > 0
                 OR position(:search IN mask) > 0)
            """;

    private final List<String> conditions = new ArrayList<>(List.of("NOT deleted"));
    private final Map<String, Object> values = new HashMap<>();
    private boolean byUse;

    private TokenFilters() {}

    static TokenFilters of(TokenQuery query, Scope scope, Instant now) {
        TokenFilters filters = new TokenFilters();
        Within.add(scope, filters.conditions, filters.values);
        filters.values.put("now", Columns.timestamp(now));
        if (query.accountId() != null) {
            filters.add("account_id = :accountId", "accountId", query.accountId().uuid());
        }
        if (query.group() != null) {
            filters.add("group_name = :group", "group", query.group());
        }
        if (query.model() != null) {
            filters.add(
                    "(models IS NULL OR models @> ARRAY[CAST(:model AS text)])",
                    "model",
                    query.model());
        }
        if (query.expiringBefore() != null) {
            filters.add(
                    EXPIRES.formatted("< :expiringBefore"),
                    "expiringBefore",
                    Columns.timestamp(query.expiringBefore()));
        }
        if (query.nearQuota() != null) {
            filters.add("used_percent >= :nearQuota", "nearQuota", query.nearQuota());
            filters.add(COUNTS);
            filters.byUse = true;
        }
        if (query.search() != null) {
            filters.add(query, query.search());
        }
        if (query.status() != null) {
            filters.add(query.status());
        }
        return filters;
    }

    void add(String condition) {
        conditions.add(condition);
    }

    void put(String name, Object value) {
        values.put(name, value);
    }

    private void add(String condition, String name, Object value) {
        add(condition);
        put(name, value);
    }

    private void add(TokenQuery query, String search) {
        Optional<TokenId> id = query.searchedId();
        if (id.isPresent()) {
            add("token_id = :searchedId", "searchedId", id.get().uuid());
        } else {
            add(query.searchesMask() ? "mask = :search" : SEARCHED, "search", search);
        }
    }

    private void add(TokenStatus status) {
        switch (status) {
            case DISABLED -> conditions.add("NOT enabled");
            case EXPIRED -> conditions.addAll(List.of("enabled", EXPIRED));
            case EXHAUSTED -> {
                conditions.addAll(List.of("enabled", NOT_EXPIRED, "used_percent >= 100", COUNTS));
                byUse = true;
            }
            case ENABLED -> {
                conditions.addAll(
                        List.of(
                                "enabled",
                                NOT_EXPIRED,
                                "(used_percent < 100 OR (period_ends_at <= :now AND quota_limit > 0))"));
                byUse = true;
            }
        }
    }

    /** Whether rows of {@code token_use} are looked at. */
    boolean byUse() {
        return byUse;
    }

    String where() {
        return " WHERE " + String.join(" AND ", conditions);
    }

    Map<String, Object> values() {
        return values;
    }
}
