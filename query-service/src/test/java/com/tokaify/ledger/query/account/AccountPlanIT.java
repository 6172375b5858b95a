package com.tokaify.ledger.query.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.query.projection.FilledDatabase;
import com.tokaify.ledger.query.sql.BoundSql;
import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.service.access.Scope;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** How PostgreSQL finds accounts, and what moved them, among thousands. */
class AccountPlanIT {

    /** The list follows an index in each of its orders, and a search has its own. */
    @ParameterizedTest
    @CsvSource({
        "sort,openedAt,account_pkey",
        "sort,name,account_by_name",
        "search,beef42,account_search"
    })
    void theListFollowsItsIndexes(String name, String value, String index) {
        MultiValueMap<String, String> values = new LinkedMultiValueMap<>();
        values.add(name, value);
        AccountQuery query = AccountQuery.parse(new QueryParameters(values));

        assertThat(FilledDatabase.scans(AccountList.pageOf(query, new Scope.EveryAccount())))
                .anyMatch(scan -> scan.endsWith(" " + index))
                .noneMatch(scan -> scan.startsWith("Seq Scan"));
    }

    /** The first wall alone: the statement itself finds nobody else's account. */
    @Test
    void aScopeIsAConditionOfTheStatement() {
        AccountQuery any = AccountQuery.parse(new QueryParameters(new LinkedMultiValueMap<>()));
        AccountPage page =
                new AccountList(FilledDatabase.source())
                        .page(any, new Scope.OneAccount(FilledDatabase.account()));

        assertThat(page.items())
                .extracting(AccountView::accountId)
                .containsExactly(FilledDatabase.account());
        assertThat(page.total()).isEqualTo(1);
    }

    /** A statement looks at its own account, and at the days before it by their sums. */
    @Test
    void aStatementStaysWithTheAccount() {
        MultiValueMap<String, String> values = new LinkedMultiValueMap<>();
        values.add("from", "2026-11-02T00:00:00Z");
        values.add("to", "2026-11-05T00:00:00Z");
        StatementQuery query =
                StatementQuery.parse(
                        new QueryParameters(values), Instant.parse("2026-11-05T00:00:00Z"));

        List<String> scans =
                FilledDatabase.scans(
                        new BoundSql(
                                StatementTable.STATEMENT,
                                StatementTable.values(FilledDatabase.account(), query)));

        for (String table : List.of("account_day", "account_entry", "account_usage")) {
            assertThat(scans).anyMatch(scan -> scan.endsWith(" " + table + "_pkey"));
        }
        assertThat(scans).noneMatch(scan -> scan.startsWith("Seq Scan"));
    }
}
