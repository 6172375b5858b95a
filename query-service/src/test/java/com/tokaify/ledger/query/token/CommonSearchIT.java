package com.tokaify.ledger.query.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.query.projection.FilledDatabase;
import com.tokaify.ledger.query.sql.BoundSql;
import com.tokaify.ledger.service.access.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Searches for what many of a hundred thousand tokens have, which are answered another way. */
class CommonSearchIT {
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
    private static final Scope EVERY_ACCOUNT = new Scope.EveryAccount();

    private final TokenList list = new TokenList(FilledDatabase.source());

    /**
     * Which way is taken makes no difference to what is found: ahead in the list, or far away in
     * its order, where names that begin so come last or first.
     */
    @ParameterizedTest
    @EnumSource(TokenSort.class)
    void findsWhatTheIndexFinds(TokenSort sort) {
        for (String text : List.of("OKEN", "token f", "token 0")) {
            for (String order : List.of("asc", "desc")) {
                TokenQuery first =
                        Queries.of("search", text, "sort", sort.toString(), "order", order);

                TokenPage page = list.page(first, EVERY_ACCOUNT, NOW);
                TokenQuery next = first.after(first.cursorAt(page.items().getLast()));

                assertFound(first, page);
                assertFound(next, list.page(next, EVERY_ACCOUNT, NOW));
            }
        }
    }

    private static void assertFound(TokenQuery query, TokenPage page) {
        BoundSql byIndex = TokenList.pageOf(query, EVERY_ACCOUNT, NOW);
        List<UUID> expected =
                FilledDatabase.jdbc()
                        .sql(byIndex.text())
                        .params(byIndex.values())
                        .query((row, _) -> row.getObject("token_id", UUID.class))
                        .list();
        assertThat(expected).hasSize(query.limit() + 1);
        assertThat(page.items())
                .as("%s", query)
                .extracting(item -> item.tokenId().uuid())
                .isEqualTo(expected.subList(0, query.limit()));
        assertThat(page.nextCursor()).isNotNull();
    }

    /** Of what is common only those are counted that are seen among the newest. */
    @ParameterizedTest
    @CsvSource({"token, 1000", "token f,"})
    void tellsHowManyThereAreAtLeast(String text, @Nullable Integer atLeast) {
        int seen =
                FilledDatabase.jdbc()
                        .sql(
                                """
                                SELECT count(*) FROM (SELECT name FROM token ORDER BY token_id DESC LIMIT :count) AS newest
                                WHERE lower(name) LIKE '%' || :text || '%'
                                """)
                        .param("count", TokenList.LOOKED_THROUGH)
                        .param("text", text)
                        .query(Integer.class)
                        .single();

        TokenPage page = list.page(Queries.of("search", text), EVERY_ACCOUNT, NOW);

        assertThat(page.total()).isNull();
        assertThat(page.totalAtLeast()).isEqualTo(atLeast == null ? seen : atLeast);
        assertThat(seen).isGreaterThan(TokenList.COMMON);
    }

    /** What few have is counted to the end, however many tokens there are. */
    @Test
    void whatIsRareIsCounted() {
        TokenPage page = list.page(Queries.of("search", "token fff"), EVERY_ACCOUNT, NOW);

        assertThat(page.items()).isNotEmpty().allMatch(item -> item.name().startsWith("Token fff"));
        assertThat(page.total()).isEqualTo(page.items().size());
    }
}
