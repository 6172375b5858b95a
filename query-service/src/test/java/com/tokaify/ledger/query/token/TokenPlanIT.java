package com.tokaify.ledger.query.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.query.projection.FilledDatabase;
import com.tokaify.ledger.query.sql.BoundSql;
import com.tokaify.ledger.query.sql.Columns;
import com.tokaify.ledger.service.access.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How PostgreSQL finds tokens among a hundred thousand: by an index, whatever is asked. */
class TokenPlanIT {
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
    private static final Scope EVERY_ACCOUNT = new Scope.EveryAccount();

    /** The order of a list is that of an index, so that a page costs a page, first or later. */
    @ParameterizedTest
    @CsvSource({
        "createdAt,token_pkey",
        "name,token_by_name",
        "expiresAt,token_by_expiry",
        "lastUsedAt,token_by_use",
        "totalConsumed,token_by_total"
    })
    void everySortFollowsItsIndex(String sort, String index) {
        TokenItem item =
                new TokenTable(FilledDatabase.source())
                        .find(FilledDatabase.token(), NOW)
                        .orElseThrow()
                        .item();
        for (String order : List.of("asc", "desc")) {
            TokenQuery first = Queries.of("sort", sort, "order", order);

            assertThat(page(first)).startsWith("Index Scan " + index).noneMatch(TokenPlanIT::ofAll);
            assertThat(page(first.after(first.cursorAt(item))))
                    .startsWith("Index Scan " + index)
                    .noneMatch(TokenPlanIT::ofAll);
        }
    }

    /** What few tokens pass is found by its own index. */
    @ParameterizedTest
    @CsvSource({
        "search,beef42,token_search",
        "search,f4,token_search",
        "search,sk-ab12**********cd34,token_search",
        "group,group-7,token_of_group",
        "model,model-17,",
        "status,enabled,",
        "status,disabled,token_disabled",
        "status,expired,token_expired",
        "status,exhausted,token_near_quota",
        "nearQuota,95,token_near_quota",
        "nearQuota,5,",
        "expiringBefore,2020-01-01T00:00:00Z,token_by_expiry"
    })
    void everyFilterFindsItsWay(String name, String value, String index) {
        for (TokenSort sort : TokenSort.values()) {
            List<String> scans = page(Queries.of(name, value, "sort", sort.toString()));

            assertThat(scans).isNotEmpty().noneMatch(TokenPlanIT::ofAll);
        }
        List<String> counting =
                FilledDatabase.scans(
                        TokenList.countOf(Queries.of(name, value), EVERY_ACCOUNT, NOW));
        if (index != null) {
            assertThat(counting).as("counting").anyMatch(scan -> scan.endsWith(" " + index));
        }
    }

    /** An id that is searched for is looked up. */
    @Test
    void aSearchedIdIsLookedUp() {
        assertThat(page(Queries.of("search", FilledDatabase.token().toString())))
                .containsExactly("Index Scan token_pkey");
    }

    /** An account's tokens are found without looking at anybody else's. */
    @ParameterizedTest
    @EnumSource(TokenSort.class)
    void anAccountsListStaysWithTheAccount(TokenSort sort) {
        String account = FilledDatabase.account().toString();
        TokenQuery query = Queries.of("accountId", account, "sort", sort.toString());

        assertThat(page(query))
                .anyMatch(scan -> scan.endsWith(" token_of_account"))
                .noneMatch(TokenPlanIT::ofAll);
        assertThat(FilledDatabase.scans(TokenList.countOf(query, EVERY_ACCOUNT, NOW)))
                .singleElement()
                .asString()
                .endsWith(" token_of_account");
    }

    /**
     * Row-level security takes some indexes away, those that only functions can use, and never the
     * account's own: an owner's list looks at the owner's tokens, in whatever order and whatever is
     * asked for.
     */
    @ParameterizedTest
    @CsvSource({
        "limit,50",
        "search,beef42",
        "group,group-7",
        "model,model-17",
        "status,enabled",
        "status,disabled",
        "status,exhausted",
        "nearQuota,95",
        "expiringBefore,2020-01-01T00:00:00Z"
    })
    void anOwnersListStaysWithTheAccount(String name, String value) {
        AccountId account = FilledDatabase.account();
        Scope own = new Scope.OneAccount(account);
        for (TokenSort sort : TokenSort.values()) {
            TokenQuery query = Queries.of(name, value, "sort", sort.toString());

            assertThat(FilledDatabase.scansFor(account, TokenList.pageOf(query, own, NOW)))
                    .as("a page by " + sort)
                    .anyMatch(scan -> scan.endsWith(" token_of_account"))
                    .noneMatch(TokenPlanIT::ofAll);
            assertThat(FilledDatabase.scansFor(account, TokenList.countOf(query, own, NOW)))
                    .as("counting")
                    .anyMatch(scan -> scan.endsWith(" token_of_account"))
                    .noneMatch(TokenPlanIT::ofAll);
        }
    }

    /**
     * Of the largest account, which has a tenth of all tokens, nobody looks at the others either.
     */
    @ParameterizedTest
    @EnumSource(TokenSort.class)
    void aLargeOwnersListFollowsAnIndex(TokenSort sort) {
        AccountId account = FilledDatabase.largeAccount();
        Scope own = new Scope.OneAccount(account);

        assertThat(
                        FilledDatabase.scansFor(
                                account,
                                TokenList.pageOf(Queries.of("sort", sort.toString()), own, NOW)))
                .isNotEmpty()
                .noneMatch(TokenPlanIT::ofAll);
    }

    /** A token is found by its id. */
    @Test
    void aTokenIsFoundByItsId() {
        assertThat(
                        FilledDatabase.scans(
                                new BoundSql(
                                        TokenTable.SHOWN + "WHERE token_id = :id",
                                        Map.of(
                                                "now",
                                                Columns.timestamp(NOW),
                                                "id",
                                                FilledDatabase.token().uuid()))))
                .containsExactly("Index Scan token_pkey");
    }

    private static List<String> page(TokenQuery query) {
        return FilledDatabase.scans(TokenList.pageOf(query, EVERY_ACCOUNT, NOW));
    }

    private static boolean ofAll(String scan) {
        return scan.startsWith("Seq Scan");
    }
}
