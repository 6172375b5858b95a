package com.tokaify.ledger.query.token;

import com.tokaify.ledger.query.sql.BoundSql;
import com.tokaify.ledger.query.sql.PlannedAnew;
import com.tokaify.ledger.query.web.ListCursor;
import com.tokaify.ledger.service.access.Scope;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The token list: what a {@link TokenQuery} comes to in SQL, over {@code token} and, where usage
 * decides, {@code token_use}. Read by requests only; planned for the values of each. See decisions
 * 0025 and 0035.
 */
public final class TokenList {
    /** Counting stops here: a page of a million tokens must not cost a look at all of them. */
    static final int COUNTED = 10_000;

    /** And here where no index tells which tokens count, and each of them is looked at. */
    static final int COUNTED_BY_LOOKING = 1_000;

    /**
     * A text is common where so many of the newest {@link #SAMPLED} tokens have it: looking through
     * tokens one after the other takes half a microsecond each, and looking up those that an index
     * names ten times that.
     */
    static final int COMMON = 20;

    static final int SAMPLED = 4_000;

    /** So many of the newest are looked through for a page of what is common, and to count it. */
    static final int LOOKED_THROUGH = 10_000;

    /** By PostgreSQL's last estimate, on which nothing depends but which way is taken. */
    private static final String THERE_ARE_MORE =
            "(SELECT reltuples FROM pg_class WHERE oid = CAST('token' AS regclass)) > "
                    + LOOKED_THROUGH;

    /** Without the account, which is there for row-level security and would be named twice. */
    private static final String WITH_USE =
            " JOIN (SELECT token_id, used_at, used_total, used_percent FROM token_use) AS token_use"
                    + " USING (token_id) ";

    private final JdbcClient jdbc;

    public TokenList(DataSource source) {
        this.jdbc = PlannedAnew.on(source);
    }

    TokenPage page(TokenQuery query, Scope scope, Instant now) {
        if (isLookedForEverywhere(query, scope) && count(sampleOf(query, scope, now)) == COMMON) {
            return pageOfCommon(query, scope, now);
        }
        int most = mostCounted(query);
        int counted = count(countOf(query, scope, now));
        return page(
                query,
                find(pageOf(query, scope, now), now),
                counted > most ? null : counted,
                Math.min(most, counted));
    }

    /**
     * The index of runs would name a large part of all tokens, each to be looked at. It is asked
     * only where, in the order of this list, what is common is not just ahead.
     */
    private TokenPage pageOfCommon(TokenQuery query, Scope scope, Instant now) {
        List<TokenItem> ahead = find(pageAheadOf(query, scope, now), now);
        List<TokenItem> found =
                ahead.size() > query.limit() ? ahead : find(pageOf(query, scope, now), now);
        int counted = count(countOfCommon(query, scope, now));
        return page(query, found, null, Math.max(counted, found.size()));
    }

    private static TokenPage page(
            TokenQuery query, List<TokenItem> found, @Nullable Integer total, int atLeast) {
        List<TokenItem> items = ListCursor.page(found, query.limit());
        return new TokenPage(
                items,
                total,
                atLeast,
                found.size() > items.size() ? query.cursorAt(items.getLast()).toString() : null);
    }

    private List<TokenItem> find(BoundSql page, Instant now) {
        return jdbc.sql(page.text())
                .params(page.values())
                .query((row, _) -> TokenTable.item(row, now))
                .list();
    }

    private int count(BoundSql sql) {
        return jdbc.sql(sql.text()).params(sql.values()).query(Integer.class).single();
    }

    /** Asks for a page, and one item more. */
    static BoundSql pageOf(TokenQuery query, Scope scope, Instant now) {
        return pageOf(query, filters(query, scope, now), "");
    }

    /** The same among the tokens that come next in the list alone. */
    static BoundSql pageAheadOf(TokenQuery query, Scope scope, Instant now) {
        return pageOf(
                query,
                TokenFilters.of(query, scope, now),
                firstOf(
                        ahead(query.sort()),
                        (query.sort().byUse() ? WITH_USE : "")
                                + " WHERE NOT deleted"
                                + (query.after() == null ? "" : " AND " + beyond(query))
                                + query.sort().orderBy(query.direction())));
    }

    private static BoundSql pageOf(TokenQuery query, TokenFilters filters, String those) {
        filters.put("limit", query.limit() + 1);
        ListCursor after = query.after();
        if (after != null) {
            filters.add(beyond(query));
            filters.put("afterId", after.id());
            if (!after.key().isEmpty()) {
                filters.put("afterKey", after.key());
            }
        }
        return new BoundSql(
                those
                        + "SELECT shown.* FROM ("
                        + TokenTable.SHOWN
                        + ") AS shown "
                        + (filters.byUse() || query.sort().byUse() ? WITH_USE : "")
                        + filters.where()
                        + query.sort().orderBy(query.direction())
                        + " LIMIT :limit",
                filters.values());
    }

    /**
     * In the order of their creation tokens lie side by side, in others each on a page of its own.
     */
    private static int ahead(TokenSort sort) {
        return sort == TokenSort.CREATED_AT ? LOOKED_THROUGH : SAMPLED;
    }

    private static String beyond(TokenQuery query) {
        return query.sort().beyond(query.direction());
    }

    /** Counts the tokens of all pages, up to one more than is told. */
    static BoundSql countOf(TokenQuery query, Scope scope, Instant now) {
        return countOf(filters(query, scope, now), mostCounted(query) + 1, "");
    }

    /** Counts among the newest {@link #LOOKED_THROUGH} tokens alone. */
    static BoundSql countOfCommon(TokenQuery query, Scope scope, Instant now) {
        return countOf(
                TokenFilters.of(query, scope, now), COUNTED_BY_LOOKING, newest(LOOKED_THROUGH));
    }

    /** Counts whether it is common. */
    static BoundSql sampleOf(TokenQuery query, Scope scope, Instant now) {
        TokenFilters filters = TokenFilters.of(query, scope, now);
        filters.add(THERE_ARE_MORE);
        return countOf(filters, COMMON, newest(SAMPLED));
    }

    private static BoundSql countOf(TokenFilters filters, int most, String those) {
        return new BoundSql(
                those
                        + "SELECT count(*) FROM (SELECT FROM token "
                        + (filters.byUse() ? WITH_USE : "")
                        + filters.where()
                        + " LIMIT "
                        + most
                        + ") AS counted",
                filters.values());
    }

    private static String newest(int count) {
        return firstOf(count, " WHERE NOT deleted ORDER BY token_id DESC");
    }

    /** Has the rest of a statement see the beginning of a list in the place of the table. */
    private static String firstOf(int count, String list) {
        return "WITH token AS (SELECT token.* FROM token" + list + " LIMIT " + count + ") ";
    }

    private static TokenFilters filters(TokenQuery query, Scope scope, Instant now) {
        TokenFilters filters = TokenFilters.of(query, scope, now);
        // Row-level security lets no tenant use that index; its account's does.
        if (query.searchesText() && scope instanceof Scope.EveryAccount) {
            filters.add(TokenFilters.HAS_ITS_RUNS);
        }
        return filters;
    }

    /** Of one account's tokens it makes no difference how common something is among all. */
    private static boolean isLookedForEverywhere(TokenQuery query, Scope scope) {
        return query.searchesText()
                && query.accountId() == null
                && scope instanceof Scope.EveryAccount;
    }

    private static int mostCounted(TokenQuery query) {
        boolean byLooking =
                query.status() != null
                        || query.model() != null
                        || query.search() != null
                        || query.expiringBefore() != null
                        || query.nearQuota() != null;
        return byLooking ? COUNTED_BY_LOOKING : COUNTED;
    }
}
