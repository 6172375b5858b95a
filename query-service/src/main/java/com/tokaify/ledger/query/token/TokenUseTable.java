package com.tokaify.ledger.query.token;

import com.tokaify.ledger.query.sql.Columns;
import com.tokaify.ledger.query.sql.StagingTable;
import com.tokaify.ledger.service.sql.BinaryRows;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code token_use}: what lists are sorted and filtered by that changes with usage, of
 * every token that is not deleted. Written by the projection's thread, read through {@link
 * TokenList}.
 */
public final class TokenUseTable {
    private static final long UNLIMITED = -1;
    private static final long ALL = 100;

    private static final String MERGE =
            """
            INSERT INTO token_use AS stored (token_id, account_id, used_at, used_total, used_percent)
            SELECT token_id, account_id, used_at, used_total, used_percent FROM staged_token_use ORDER BY token_id
            ON CONFLICT (token_id) DO UPDATE SET
                used_at = EXCLUDED.used_at,
                used_total = EXCLUDED.used_total,
                used_percent = EXCLUDED.used_percent
            WHERE (stored.used_at, stored.used_total, stored.used_percent)
                  IS DISTINCT FROM (EXCLUDED.used_at, EXCLUDED.used_total, EXCLUDED.used_percent)
            """;

    private final JdbcClient jdbc;
    private final StagingTable staging;

    public TokenUseTable(DataSource source) {
        this.jdbc = JdbcClient.create(source);
        this.staging =
                new StagingTable(
                        source,
                        "staged_token_use",
                        "token_id uuid",
                        "account_id uuid",
                        "used_at timestamptz",
                        "used_total bigint",
                        "used_percent smallint");
    }

    /** Writes what has changed; forgets the deleted. */
    public void save(Collection<TokenState> tokens) {
        write(tokens.stream().filter(token -> !token.standing().deleted()).toList());
        forget(tokens.stream().filter(token -> token.standing().deleted()).toList());
    }

    private void write(List<TokenState> tokens) {
        if (!tokens.isEmpty()) {
            staging.merge(tokens, TokenUseTable::put, MERGE);
        }
    }

    private static void put(BinaryRows rows, TokenState token) {
        rows.putUuid(token.tokenId().uuid());
        rows.putUuid(token.accountId().uuid());
        Instant usedAt = token.usage().lastUsedAt();
        if (usedAt == null) {
            rows.putBeforeAllInstants();
        } else {
            rows.putInstant(usedAt);
        }
        rows.putLong(token.usage().total());
        rows.putShort((short) percent(token));
    }

    private void forget(List<TokenState> tokens) {
        if (tokens.isEmpty()) {
            return;
        }
        jdbc.sql("DELETE FROM token_use WHERE token_id = ANY (CAST(:ids AS uuid[]))")
                .param("ids", Columns.texts(tokens, token -> token.tokenId().uuid()))
                .update();
    }

    /**
     * Whole percents of the limit, rounded down, so that "at least n percent" is exact. Beyond the
     * limit it is a hundred and no more: an overrun makes no difference to any list.
     */
    private static long percent(TokenState token) {
        Long limit = token.settings().restrictions().quotaLimit();
        long counted = token.usage().total() - token.usage().counting().totalBefore();
        return percent(limit, counted);
    }

    static long percent(@Nullable Long limit, long counted) {
        if (limit == null) {
            return UNLIMITED;
        }
        if (counted >= limit) {
            return ALL;
        }
        return Math.max(0, counted) * ALL / limit;
    }
}
