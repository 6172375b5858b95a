package com.tokaify.ledger.query.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.projection.FilledDatabase;
import com.tokaify.ledger.query.sql.BoundSql;
import com.tokaify.ledger.query.time.Buckets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** How PostgreSQL finds usage among half a million rows. */
class UsagePlanIT {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final UsageQuery QUERY =
            new UsageQuery(
                    Buckets.Size.DAY,
                    ZONE,
                    Buckets.of(
                            Buckets.Size.DAY,
                            ZONE,
                            Instant.parse("2026-11-02T00:00:00Z"),
                            Instant.parse("2026-11-05T00:00:00Z"),
                            100),
                    true);

    /** A token's usage is found by its id and the time, in the months that are asked for. */
    @Test
    void aTokensUsageIsFoundByItsIndex() {
        UsageTable<TokenId> table =
                UsageTable.ofTokens(FilledDatabase.source(), UsageSettings.FOR_EVER);

        assertThat(
                        FilledDatabase.scans(
                                new BoundSql(
                                        table.reading(true),
                                        table.values(FilledDatabase.token(), QUERY))))
                .singleElement()
                .asString()
                .endsWith(" usage_2026_11_pkey");
    }

    /** And so is an account's. */
    @Test
    void anAccountsUsageIsFoundByItsIndex() {
        UsageTable<AccountId> table = UsageTable.ofAccounts(FilledDatabase.source());

        assertThat(
                        FilledDatabase.scans(
                                new BoundSql(
                                        table.reading(false),
                                        table.values(FilledDatabase.account(), QUERY))))
                .singleElement()
                .asString()
                .endsWith(" account_usage_pkey");
    }

    /** An owner's question is not made slower by more than a look at whose token it is. */
    @Test
    void anOwnersUsageIsFoundByTheSameIndexes() {
        AccountId owner = FilledDatabase.account();
        UsageTable<TokenId> tokens =
                UsageTable.ofTokens(FilledDatabase.source(), UsageSettings.FOR_EVER);
        UsageTable<AccountId> accounts = UsageTable.ofAccounts(FilledDatabase.source());

        assertThat(
                        FilledDatabase.scansFor(
                                owner,
                                new BoundSql(
                                        tokens.reading(true),
                                        tokens.values(FilledDatabase.token(), QUERY))))
                .anyMatch(scan -> scan.endsWith(" usage_2026_11_pkey"))
                .anyMatch(scan -> scan.contains(" token_"))
                .noneMatch(scan -> scan.startsWith("Seq Scan"));
        assertThat(
                        FilledDatabase.scansFor(
                                owner,
                                new BoundSql(
                                        accounts.reading(false), accounts.values(owner, QUERY))))
                .singleElement()
                .asString()
                .endsWith(" account_usage_pkey");
    }
}
