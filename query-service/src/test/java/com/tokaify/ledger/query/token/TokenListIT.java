package com.tokaify.ledger.query.token;

import static com.tokaify.ledger.query.ScriptedLedger.tokenCreated;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.RandomHistory;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.query.projection.ViewDatabase;
import com.tokaify.ledger.service.access.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The token list on a real PostgreSQL, held against one that is sorted and filtered in memory. */
class TokenListIT {
    private static final int PARTITIONS = 4;
    private static final List<RecordedEvent> HISTORY = RandomHistory.of(20261125, PARTITIONS, 4000);
    private static final Scope EVERY_ACCOUNT = new Scope.EveryAccount();
    private static final Instant NOW = ScriptedLedger.BEGINNING.plusSeconds(4500);

    private static ViewDatabase filled;
    private static TokenList list;
    private static List<TokenItem> all;

    private final ScriptedLedger ledger = new ScriptedLedger(1);
    private final AccountId account = ledger.newAccountId();
    private @Nullable ViewDatabase opened;

    @BeforeAll
    static void fill() {
        filled = new ViewDatabase();
        filled.book(HISTORY);
        list = new TokenList(filled.source());
        TokenTable table = new TokenTable(filled.source());
        all =
                HISTORY.stream()
                        .map(RecordedEvent::stream)
                        .filter(TokenId.class::isInstance)
                        .map(TokenId.class::cast)
                        .distinct()
                        .map(id -> table.find(id, NOW).orElseThrow())
                        .filter(found -> !found.deleted())
                        .map(TokenTable.Found::item)
                        .toList();
        assertThat(all).hasSizeGreaterThan(200);
    }

    @AfterAll
    static void closeFilled() {
        filled.close();
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    /** A database of this test's own. */
    private ViewDatabase fresh() {
        ViewDatabase database = opened;
        if (database == null) {
            database = new ViewDatabase();
            opened = database;
        }
        return database;
    }

    /**
     * The first wall alone: no role is changed here, and the statement itself finds nobody else's.
     */
    @Test
    void aScopeIsAConditionOfTheStatement() {
        AccountId own = all.getFirst().accountId();
        Scope scope = new Scope.OneAccount(own);
        List<TokenId> tokens =
                all.stream()
                        .filter(token -> token.accountId().equals(own))
                        .map(TokenItem::tokenId)
                        .toList();
        TokenItem other =
                all.stream()
                        .filter(token -> !token.accountId().equals(own))
                        .findAny()
                        .orElseThrow();

        for (TokenSort sort : TokenSort.values()) {
            TokenPage page =
                    list.page(Queries.of("sort", sort.toString(), "limit", "200"), scope, NOW);
            assertThat(page.items())
                    .extracting(TokenItem::tokenId)
                    .isSubsetOf(tokens)
                    .hasSize(Math.min(200, tokens.size()));
            assertThat(page.total()).isEqualTo(tokens.size());
        }
        assertThat(list.page(Queries.of("search", other.name()), scope, NOW).items())
                .allMatch(token -> token.accountId().equals(own));
        assertThat(
                        list.page(Queries.of("accountId", other.accountId().toString()), scope, NOW)
                                .total())
                .isZero();
        TokenTable table = new TokenTable(filled.source());
        assertThat(table.exists(tokens.getFirst(), own)).isTrue();
        assertThat(table.exists(other.tokenId(), own)).isFalse();
    }

    /** Page by page, in either order, by whatever it is sorted: every token once, in its place. */
    @ParameterizedTest
    @EnumSource(TokenSort.class)
    void pagesThroughEverySort(TokenSort sort) {
        Comparator<TokenItem> ascending = order(sort).thenComparing(TokenItem::tokenId, BY_ID);

        assertPages(sort, "asc", all.stream().sorted(ascending).toList());
        assertPages(sort, "desc", all.stream().sorted(ascending.reversed()).toList());
    }

    private static void assertPages(TokenSort sort, String order, List<TokenItem> expected) {
        List<TokenItem> found = new ArrayList<>();
        String cursor = null;
        do {
            TokenPage page =
                    cursor == null
                            ? page("sort", sort.toString(), "order", order, "limit", "7")
                            : page(
                                    "sort",
                                    sort.toString(),
                                    "order",
                                    order,
                                    "limit",
                                    "7",
                                    "cursor",
                                    cursor);
            assertThat(page.total()).isEqualTo(all.size());
            found.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(found).isEqualTo(expected);
    }

    /**
     * A filter lets through what it says and nothing else, and the total is of what it lets
     * through.
     */
    @ParameterizedTest
    @CsvSource({
        "status,enabled",
        "status,disabled",
        "status,expired",
        "status,exhausted",
        "group,vip",
        "group,unknown",
        "model,gpt-b",
        "model,unlisted",
        "search,renamed 1",
        "search,TOKEN 3",
        "search,7",
        "search,o",
        "search,wxyz",
        "search,sk-tkfA**********wxyz",
        "search,**********wxyz",
        "search,nothing",
        "nearQuota,1",
        "nearQuota,50",
        "nearQuota,100",
        "expiringBefore,2026-11-23T09:30:00Z"
    })
    void filters(String name, String value) {
        List<TokenId> expected =
                all.stream()
                        .filter(passes(name, value))
                        .sorted(Comparator.comparing(TokenItem::tokenId, BY_ID).reversed())
                        .map(TokenItem::tokenId)
                        .toList();

        TokenPage page = page(name, value, "limit", "200");

        assertThat(page.items().stream().map(TokenItem::tokenId))
                .isEqualTo(expected.subList(0, Math.min(200, expected.size())));
        assertThat(page.total()).isEqualTo(expected.size());
        assertThat(page.totalAtLeast()).isEqualTo(expected.size());
    }

    private static Predicate<TokenItem> passes(String name, String value) {
        return switch (name) {
            case "status" -> item -> item.status().toString().equals(value);
            case "group" -> item -> item.group().equals(value);
            case "model" -> item -> item.models() == null || item.models().contains(value);
            case "search" ->
                    item ->
                            item.name()
                                            .toLowerCase(Locale.ROOT)
                                            .contains(value.toLowerCase(Locale.ROOT))
                                    || item.mask().contains(value);
            case "nearQuota" ->
                    item ->
                            item.quotaLimit() != null
                                    && item.consumed() * 100
                                            >= Long.parseLong(value) * item.quotaLimit();
            case "expiringBefore" ->
                    item ->
                            item.expiresAt() != null
                                    && item.expiresAt().isBefore(Instant.parse(value));
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Filters and orders go together. */
    @Test
    void filtersAndSortsAtOnce() {
        AccountId one = all.getFirst().accountId();
        List<TokenId> expected =
                all.stream()
                        .filter(item -> item.accountId().equals(one))
                        .filter(passes("status", "enabled"))
                        .filter(passes("model", "gpt-a"))
                        .sorted(
                                Comparator.comparingLong(TokenItem::totalConsumed)
                                        .thenComparing(TokenItem::tokenId, BY_ID)
                                        .reversed())
                        .map(TokenItem::tokenId)
                        .toList();

        TokenPage page =
                page(
                        "accountId",
                        one.toString(),
                        "status",
                        "enabled",
                        "model",
                        "gpt-a",
                        "sort",
                        "totalConsumed",
                        "limit",
                        "200");

        assertThat(expected).hasSizeBetween(2, 200);
        assertThat(page.items().stream().map(TokenItem::tokenId)).isEqualTo(expected);
    }

    /**
     * Whatever happens between two pages: what was not touched comes exactly once, also where the
     * token the first page ended with moves away or disappears.
     */
    @ParameterizedTest
    @EnumSource(TokenSort.class)
    void whatIsNotTouchedComesOnce(TokenSort sort) {
        List<TokenId> ids = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            TokenId id = ledger.newTokenId();
            ids.add(id);
            happens(
                    id,
                    tokenCreated(
                            account,
                            "name " + i,
                            "default",
                            new Restrictions(null, null, null, NOW.plusSeconds(i))),
                    new QuotaConsumed("u", 10 + i, null, 10 + i, false));
        }
        TokenList tokens = new TokenList(fresh().source());
        TokenQuery query = Queries.of("sort", sort.toString(), "order", "asc", "limit", "3");

        TokenPage first = tokens.page(query, EVERY_ACCOUNT, NOW);
        happens(ids.get(2), new TokenDeleted());
        happens(
                ids.get(1),
                new TokenRenamed("zzz"),
                new QuotaConsumed("v", 1000, null, 1011, false));
        happens(ids.get(7), new TokenRenamed("aaa"));
        happens(ledger.newTokenId(), tokenCreated(account, "name 4a"));
        TokenPage second = tokens.page(next(query, first), EVERY_ACCOUNT, NOW);
        TokenPage third = tokens.page(next(query, second), EVERY_ACCOUNT, NOW);

        List<TokenId> untouched = List.of(ids.get(3), ids.get(4), ids.get(5), ids.get(6));
        assertThat(first.items().stream().map(TokenItem::tokenId)).isEqualTo(ids.subList(0, 3));
        List<TokenId> rest = new ArrayList<>();
        second.items().forEach(item -> rest.add(item.tokenId()));
        third.items().forEach(item -> rest.add(item.tokenId()));
        assertThat(rest).containsSubsequence(untouched).doesNotHaveDuplicates();
        assertThat(rest).doesNotContain(ids.get(0), ids.get(2)).contains(ids.get(8));
    }

    /** A part of a name is found in any script and any case, however short it is. */
    @Test
    void findsPartsOfNames() {
        Map<String, List<String>> partsOfNames =
                Map.of(
                        "测试令牌", List.of("测", "试令", "测试令牌"),
                        "Straße", List.of("STRASSE", "straß", "SS"),
                        "ΣΊΣΥΦΟΣ", List.of("σίσυφος", "ς"),
                        "50%_off", List.of("%_", "%", "0%_O"),
                        "a'b\\c", List.of("'b\\", "\\", "A'"));
        Map<String, TokenId> ids = new HashMap<>();
        for (String name : partsOfNames.keySet()) {
            TokenId id = ledger.newTokenId();
            ids.put(name, id);
            happens(id, tokenCreated(account, name));
        }
        TokenList tokens = new TokenList(fresh().source());

        partsOfNames.forEach((name, parts) -> {
            for (String part : parts) {
                assertThat(tokens.page(Queries.of("search", part), EVERY_ACCOUNT, NOW).items())
                        .as(part)
                        .extracting(TokenItem::tokenId)
                        .containsExactly(ids.get(name));
                assertThat(
                                tokens.page(Queries.of("search", part + "!"), EVERY_ACCOUNT, NOW)
                                        .items())
                        .isEmpty();
            }
        });
        ids.values().forEach(id -> happens(id, new TokenRenamed("renamed")));
        assertThat(tokens.page(Queries.of("search", "测"), EVERY_ACCOUNT, NOW).items()).isEmpty();
        assertThat(tokens.page(Queries.of("search", "RENAMED"), EVERY_ACCOUNT, NOW).total())
                .isEqualTo(5);
    }

    /** A limit of nothing is used up in every period, also in one in which nothing was used. */
    @Test
    void aLimitOfNothingIsUsedUpAtOnce() {
        TokenId id = ledger.newTokenId();
        happens(
                id,
                tokenCreated(account, "none", "default", new Restrictions(0L, null, null, null)),
                new QuotaPeriodChanged(new QuotaPeriod(QuotaPeriod.Every.DAY, "UTC")),
                new QuotaPeriodStarted(NOW.minusSeconds(2), NOW.minusSeconds(1), 0));
        TokenList tokens = new TokenList(fresh().source());

        assertThat(tokens.page(Queries.of("status", "exhausted"), EVERY_ACCOUNT, NOW).items())
                .extracting(TokenItem::status)
                .containsExactly(TokenStatus.EXHAUSTED);
        assertThat(tokens.page(Queries.of("nearQuota", "100"), EVERY_ACCOUNT, NOW).total())
                .isEqualTo(1);
        assertThat(tokens.page(Queries.of("status", "enabled"), EVERY_ACCOUNT, NOW).total())
                .isZero();
    }

    /** Beyond what is counted the total is not told, and what is told instead is true. */
    @Test
    void tellsHowManyThereAreAtLeast() {
        fresh().jdbc()
                .sql(
                        """
                        INSERT INTO token (token_id, account_id, name, group_name, mask, enabled, expired, deleted,
                                           total_consumed, total_before, created_at, changed_at, sequence)
                        SELECT uuidv7(), :account, 'n', 'default', 'm', true, false, false, 0, 0, now(), now(), 0
                        FROM generate_series(1, :count)
                        """)
                .param("account", account.uuid())
                .param("count", TokenList.COUNTED)
                .update();
        TokenList tokens = new TokenList(fresh().source());

        TokenPage exact = tokens.page(Queries.of("limit", "1"), EVERY_ACCOUNT, NOW);
        assertThat(exact.total()).isEqualTo(TokenList.COUNTED);
        happens(ledger.newTokenId(), tokenCreated(account, "one more"));
        TokenPage beyond = tokens.page(Queries.of("limit", "1"), EVERY_ACCOUNT, NOW);
        assertThat(beyond.total()).isNull();
        assertThat(beyond.totalAtLeast()).isEqualTo(TokenList.COUNTED);
        assertThat(beyond.nextCursor()).isNotNull();
    }

    /**
     * Where each token has to be looked at, counting ends sooner, and what is told is true
     * likewise.
     */
    @Test
    void tellsHowManyThereAreAtLeastByLooking() {
        String[][] questions = {{"nearQuota", "90"}, {"status", "exhausted"}};
        exhausted(TokenList.COUNTED_BY_LOOKING);
        TokenList tokens = new TokenList(fresh().source());
        for (String[] asked : questions) {
            assertThat(tokens.page(Queries.of(asked), EVERY_ACCOUNT, NOW).total())
                    .isEqualTo(TokenList.COUNTED_BY_LOOKING);
        }

        exhausted(1);

        for (String[] asked : questions) {
            TokenPage beyond = tokens.page(Queries.of(asked), EVERY_ACCOUNT, NOW);
            assertThat(beyond.total()).isNull();
            assertThat(beyond.totalAtLeast()).isEqualTo(TokenList.COUNTED_BY_LOOKING);
        }
        assertThat(tokens.page(Queries.of(), EVERY_ACCOUNT, NOW).total())
                .isEqualTo(TokenList.COUNTED_BY_LOOKING + 1);
    }

    private void exhausted(int count) {
        fresh().jdbc()
                .sql(
                        """
                        WITH made AS (
                            INSERT INTO token (token_id, account_id, name, group_name, quota_limit, mask, enabled,
                                               expired, deleted, total_consumed, total_before, created_at, changed_at,
                                               sequence)
                            SELECT uuidv7(), :account, 'n', 'default', 1, 'm', true, false, false, 1, 0, now(), now(), 0
                            FROM generate_series(1, :count)
                            RETURNING token_id
                        )
                        INSERT INTO token_use (token_id, account_id, used_at, used_total, used_percent)
                        SELECT token_id, :account, now(), 1, 100 FROM made
                        """)
                .param("account", account.uuid())
                .param("count", count)
                .update();
    }

    private static TokenQuery next(TokenQuery query, TokenPage page) {
        return query.after(query.cursorAt(page.items().getLast()));
    }

    private static TokenPage page(String... namesAndValues) {
        return list.page(Queries.of(namesAndValues), EVERY_ACCOUNT, NOW);
    }

    /**
     * PostgreSQL compares ids as unsigned numbers, which is also how their hexadecimal text sorts.
     */
    private static final Comparator<TokenId> BY_ID =
            Comparator.comparing(id -> id.uuid().toString());

    private static Comparator<TokenItem> order(TokenSort sort) {
        return switch (sort) {
            case CREATED_AT -> Comparator.comparing(TokenItem::createdAt);
            case NAME -> Comparator.comparing(item -> item.name().toLowerCase(Locale.ROOT));
            case LAST_USED_AT -> Comparator.comparing(item -> or(item.lastUsedAt(), Instant.MIN));
            case TOTAL_CONSUMED -> Comparator.comparingLong(TokenItem::totalConsumed);
            case EXPIRES_AT -> Comparator.comparing(item -> or(item.expiresAt(), Instant.MAX));
        };
    }

    private static Instant or(@Nullable Instant instant, Instant absent) {
        return Objects.requireNonNullElse(instant, absent);
    }

    private void happens(TokenId id, TokenEvent... events) {
        List<RecordedEvent> recorded = new ArrayList<>();
        for (TokenEvent event : events) {
            recorded.add(ledger.record(id, event));
        }
        fresh().book(recorded);
    }
}
