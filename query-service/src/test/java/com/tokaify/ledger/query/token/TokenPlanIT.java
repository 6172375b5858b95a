package com.tokaify.ledger.query.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.query.projection.FilledDatabase;
import com.tokaify.ledger.query.sql.BoundSql;
import com.tokaify.ledger.query.sql.Columns;
import com.tokaify.ledger.service.access.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

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
        TokenItem item = someToken();
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
        "search,**cd34,token_search",
        "search,sk-ab12**********cd34,token_by_mask",
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

    /**
     * However often it is asked, PostgreSQL plans for the values that are asked for: a plan for any
     * percent would go through all tokens for the few that are near their limit.
     */
    @Test
    void noPlanIsKeptForOtherValues() throws SQLException {
        try (Connection connection = FilledDatabase.source().getConnection()) {
            SingleConnectionDataSource one = new SingleConnectionDataSource(connection, true);
            TokenList list = new TokenList(one);
            for (int asked = 0; asked < 10; asked++) {
                assertThat(list.page(Queries.of("nearQuota", "95"), EVERY_ACCOUNT, NOW).items())
                        .isNotEmpty();
            }

            assertThat(
                            JdbcClient.create(one)
                                    .sql("SELECT statement FROM pg_prepared_statements")
                                    .query((row, _) -> row.getString(1))
                                    .list())
                    .noneMatch(statement ->
                            statement.startsWith("SELECT")
                                    && statement.contains("used_percent >= "));
        }
    }

    /** An id that is searched for is looked up. */
    @Test
    void aSearchedIdIsLookedUp() {
        assertThat(page(Queries.of("search", FilledDatabase.token().toString())))
                .containsExactly("Index Scan token_pkey");
    }

    /**
     * What many have is looked for in the order of the list, a bounded number of tokens ahead, and
     * not by the index of runs, which would name a large part of all.
     */
    @ParameterizedTest
    @CsvSource({
        "createdAt,token_pkey",
        "name,token_by_name",
        "expiresAt,token_by_expiry",
        "lastUsedAt,token_by_use",
        "totalConsumed,token_by_total"
    })
    void whatIsCommonIsLookedForAhead(String sort, String index) {
        for (String order : List.of("asc", "desc")) {
            TokenQuery query = Queries.of("search", "token", "sort", sort, "order", order);
            for (TokenQuery each : List.of(query, query.after(query.cursorAt(someToken())))) {
                assertThat(FilledDatabase.scans(TokenList.pageAheadOf(each, EVERY_ACCOUNT, NOW)))
                        .startsWith("Index Scan " + index)
                        .noneMatch(scan -> scan.endsWith(" token_search"))
                        .noneMatch(TokenPlanIT::ofAll);
            }
        }
    }

    /**
     * Whether it is common is seen from the newest tokens, and so is how many there are at least.
     */
    @Test
    void theNewestTellHowCommonItIs() {
        TokenQuery query = Queries.of("search", "token");

        assertThat(FilledDatabase.scans(TokenList.sampleOf(query, EVERY_ACCOUNT, NOW)))
                .containsExactlyInAnyOrder(
                        "Index Scan token_pkey", "Index Scan pg_class_oid_index");
        assertThat(FilledDatabase.scans(TokenList.countOfCommon(query, EVERY_ACCOUNT, NOW)))
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

    /**
     * In the order of use as well: a row says itself whose it is, and nothing is looked up to know.
     */
    @ParameterizedTest
    @CsvSource({"lastUsedAt,token_by_use", "totalConsumed,token_by_total"})
    void aLargeOwnersListByUseFollowsItsOrder(String sort, String index) {
        AccountId account = FilledDatabase.largeAccount();
        Scope own = new Scope.OneAccount(account);

        assertThat(
                        FilledDatabase.scansFor(
                                account, TokenList.pageOf(Queries.of("sort", sort), own, NOW)))
                .containsExactly("Index Scan " + index, "Index Scan token_pkey");
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

    private static TokenItem someToken() {
        return new TokenTable(FilledDatabase.source())
                .find(FilledDatabase.token(), NOW)
                .orElseThrow()
                .item();
    }

    private static List<String> page(TokenQuery query) {
        return FilledDatabase.scans(TokenList.pageOf(query, EVERY_ACCOUNT, NOW));
    }

    private static boolean ofAll(String scan) {
        return scan.startsWith("Seq Scan");
    }
}
