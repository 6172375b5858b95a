package com.tokaify.ledger.query.token;

import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.sql.BoundSql;
import com.tokaify.ledger.query.sql.Columns;
import com.tokaify.ledger.query.sql.Within;
import com.tokaify.ledger.query.web.ListCursor;
import com.tokaify.ledger.service.access.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The token list: what a {@link TokenQuery} comes to in SQL, over {@code token} and, where usage
 * decides, {@code token_use}. Read by requests only.
 *
 * <p>Filters are told in stored columns and {@code :now}, never in the status that {@link
 * TokenTable} works out, so that indexes apply to them; {@code TokenTableIT} holds the two against
 * each other.
 */
public final class TokenList {
    /** Counting stops here: a page of a million tokens must not cost a look at all of them. */
    static final int COUNTED = 10_000;

    /**
     * And here where usage decides which tokens count: each of them is looked up in a second table
     * besides.
     */
    static final int COUNTED_BY_USE = 1_000;

    /** By the expression the index has, and once more by the column that PostgreSQL has counted. */
    private static final String EXPIRES =
            "(coalesce(expires_at, 'infinity') %1$s AND expires_at %1$s)";

    private static final String EXPIRED = "(expired OR " + EXPIRES.formatted("<= :now") + ")";
    private static final String NOT_EXPIRED =
            "NOT expired AND (expires_at IS NULL OR expires_at > :now)";

    /** The percents that are stored still count: the period lasts, or there never was a quota. */
    private static final String COUNTS =
            "(period_ends_at IS NULL OR period_ends_at > :now OR quota_limit = 0)";

    /** Narrows by an index, for those who look through all accounts. */
    private static final String HAS_ITS_GRAMS =
            """
            search_grams(casefold((name || chr(10) || mask) COLLATE pg_unicode_fast), 1)
                @> search_grams(casefold(:search COLLATE pg_unicode_fast), least(2, char_length(:search)))
            """;

    private static final String SEARCHED =
            """
            (position(casefold(:search COLLATE pg_unicode_fast) IN casefold(name COLLATE pg_unicode_fast)) > 0
                 OR position(:search IN mask) > 0)
            """;

    private final JdbcClient jdbc;

    public TokenList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    TokenPage page(TokenQuery query, Scope scope, Instant now) {
        BoundSql page = pageOf(query, scope, now);
        List<TokenItem> found =
                jdbc.sql(page.text())
                        .params(page.values())
                        .query((row, _) -> TokenTable.item(row, now))
                        .list();
        List<TokenItem> items = ListCursor.page(found, query.limit());
        int most = mostCounted(query);
        int counted = count(countOf(query, scope, now));
        return new TokenPage(
                items,
                counted > most ? null : counted,
                Math.min(most, counted),
                found.size() > items.size() ? query.cursorAt(items.getLast()).toString() : null);
    }

    private int count(BoundSql sql) {
        return jdbc.sql(sql.text()).params(sql.values()).query(Integer.class).single();
    }

    /** Asks for a page, and one item more. */
    static BoundSql pageOf(TokenQuery query, Scope scope, Instant now) {
        Filters filters = Filters.of(query, scope, now);
        filters.values.put("limit", query.limit() + 1);
        ListCursor after = query.after();
        if (after != null) {
            filters.conditions.add(query.sort().beyond(query.direction()));
            filters.values.put("afterId", after.id());
            if (!after.key().isEmpty()) {
                filters.values.put("afterKey", after.key());
            }
        }
        return new BoundSql(
                "SELECT shown.* FROM ("
                        + TokenTable.SHOWN
                        + ") AS shown "
                        + filters.join(query.sort().byUse())
                        + filters.where()
                        + query.sort().orderBy(query.direction())
                        + " LIMIT :limit",
                filters.values);
    }

    /** Counts the tokens of all pages, up to one more than is told. */
    static BoundSql countOf(TokenQuery query, Scope scope, Instant now) {
        Filters filters = Filters.of(query, scope, now);
        return new BoundSql(
                "SELECT count(*) FROM (SELECT FROM token "
                        + filters.join(false)
                        + filters.where()
                        + " LIMIT "
                        + (mostCounted(query) + 1)
                        + ") AS counted",
                filters.values);
    }

    private static int mostCounted(TokenQuery query) {
        boolean byUse =
                query.nearQuota() != null
                        || query.status() == TokenStatus.ENABLED
                        || query.status() == TokenStatus.EXHAUSTED;
        return byUse ? COUNTED_BY_USE : COUNTED;
    }

    /** What of a query restricts; the order and the page do not. */
    private static final class Filters {
        private final List<String> conditions = new ArrayList<>(List.of("NOT deleted"));
        private final Map<String, Object> values = new HashMap<>();
        private boolean byUse;

        static Filters of(TokenQuery query, Scope scope, Instant now) {
            Filters filters = new Filters();
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
                filters.conditions.add(COUNTS);
                filters.byUse = true;
            }
            if (query.search() != null) {
                Optional<TokenId> id = query.searchedId();
                if (id.isPresent()) {
                    filters.add("token_id = :searchedId", "searchedId", id.get().uuid());
                } else {
                    filters.add(SEARCHED, "search", query.search());
                    if (scope instanceof Scope.EveryAccount) {
                        // Row-level security lets no tenant use that index; its account's does.
                        filters.conditions.add(HAS_ITS_GRAMS);
                    }
                }
            }
            if (query.status() != null) {
                filters.add(query.status());
            }
            return filters;
        }

        private void add(String condition, String name, Object value) {
            conditions.add(condition);
            values.put(name, value);
        }

        private void add(TokenStatus status) {
            switch (status) {
                case EXPIRED -> conditions.add(EXPIRED);
                case DISABLED -> conditions.addAll(List.of(NOT_EXPIRED, "NOT enabled"));
                case EXHAUSTED -> {
                    conditions.addAll(
                            List.of(NOT_EXPIRED, "enabled", "used_percent >= 100", COUNTS));
                    byUse = true;
                }
                case ENABLED -> {
                    conditions.addAll(
                            List.of(
                                    NOT_EXPIRED,
                                    "enabled",
                                    "(used_percent < 100 OR (period_ends_at <= :now AND quota_limit > 0))"));
                    byUse = true;
                }
            }
        }

        /** To {@code token_use}, where a filter or the order needs it. */
        String join(boolean ofOrder) {
            return byUse || ofOrder ? " JOIN token_use USING (token_id) " : "";
        }

        String where() {
            return " WHERE " + String.join(" AND ", conditions);
        }
    }
}
