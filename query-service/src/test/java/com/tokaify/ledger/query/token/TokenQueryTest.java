package com.tokaify.ledger.query.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.query.web.ListCursor;
import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.query.web.SortOrder;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** What may be asked of the token list. */
class TokenQueryTest {
    private static final Instant EXPIRY = Instant.parse("2027-01-01T00:00:00.000001Z");

    private final ScriptedLedger ledger = new ScriptedLedger(1);

    /** Without parameters the query is the newest fifty of all. */
    @Test
    void asksForTheFirstFiftyOfAllByDefault() {
        TokenQuery query = Queries.of();

        assertThat(query)
                .isEqualTo(
                        new TokenQuery(
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                TokenSort.CREATED_AT,
                                null,
                                50,
                                null));
        assertThat(query.direction()).isEqualTo(SortOrder.DESC);
    }

    /** Every parameter means what it says. */
    @Test
    void readsEveryParameter() {
        AccountId account = ledger.newAccountId();

        assertThat(
                        Queries.of(
                                "accountId", account.toString(),
                                "status", "exhausted",
                                "group", "vip",
                                "model", "gpt-a",
                                "search", "Büro",
                                "expiringBefore", "2027-01-01T08:00:00+08:00",
                                "nearQuota", "80",
                                "sort", "totalConsumed",
                                "order", "asc",
                                "limit", "200"))
                .isEqualTo(
                        new TokenQuery(
                                account,
                                TokenStatus.EXHAUSTED,
                                "vip",
                                "gpt-a",
                                "Büro",
                                Instant.parse("2027-01-01T00:00:00Z"),
                                80,
                                TokenSort.TOTAL_CONSUMED,
                                SortOrder.ASC,
                                200,
                                null));
    }

    /** An id that is searched for is found by itself; other texts are no id. */
    @Test
    void knowsAnIdWhenItIsSearchedFor() {
        TokenId id = ledger.newTokenId();

        assertThat(Queries.of("search", id.toString()).searchedId()).contains(id);
        assertThat(Queries.of("search", "tok_").searchedId()).isEmpty();
        assertThat(Queries.of().searchedId()).isEmpty();
    }

    /** A whole mask is found by itself; what is part of one may be part of a name as well. */
    @Test
    void knowsAMaskWhenItIsSearchedFor() {
        TokenQuery mask = Queries.of("search", ScriptedLedger.MASK);
        assertThat(mask.searchesMask()).isTrue();
        assertThat(mask.searchesText()).isFalse();

        for (String text :
                List.of("wxyz", "**wxyz", ScriptedLedger.MASK + "1", "sk-tkfA****wxyz")) {
            assertThat(Queries.of("search", text).searchesMask()).as(text).isFalse();
            assertThat(Queries.of("search", text).searchesText()).as(text).isTrue();
        }
        assertThat(Queries.of("search", ledger.newTokenId().toString()).searchesText()).isFalse();
        assertThat(Queries.of().searchesText()).isFalse();
    }

    static Stream<TokenSort> sorts() {
        return Stream.of(TokenSort.values());
    }

    /** A cursor comes back as it was given out, whatever the item has or has not. */
    @ParameterizedTest
    @MethodSource("sorts")
    void aCursorComesBackAsItWasGivenOut(TokenSort sort) {
        TokenQuery query = Queries.of("sort", sort.toString(), "status", "enabled");

        for (TokenItem item : List.of(item("Büro 東京", null), item("b", EXPIRY))) {
            ListCursor cursor = query.cursorAt(item);
            assertThat(
                            Queries.of(
                                            "sort",
                                            sort.toString(),
                                            "status",
                                            "enabled",
                                            "cursor",
                                            cursor.toString())
                                    .after())
                    .isEqualTo(cursor);
        }
    }

    /**
     * In another list a cursor would name another place, and pages would be left out in silence.
     */
    @ParameterizedTest
    @CsvSource({
        "sort,name",
        "sort,lastUsedAt",
        "order,asc",
        "status,enabled",
        "search,x",
        "model,gpt-a",
        "nearQuota,5",
        "group,vip",
        "expiringBefore,2027-01-01T00:00:00Z",
        "accountId,acc_01m83sn7z7exbbad962c652dg4"
    })
    void refusesTheCursorOfAnotherQuestion(String name, String value) {
        String cursor = Queries.of().cursorAt(item("a", null)).toString();

        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> Queries.of(name, value, "cursor", cursor))
                .satisfies(e -> assertThat(e.field()).isEqualTo("cursor"))
                .satisfies(e ->
                        assertThat(e.rule()).startsWith("belongs to other filters or another"));
        assertThat(Queries.of("limit", "7", "order", "desc", "cursor", cursor).after())
                .as("a page may be of another size, and say aloud what is usual")
                .isNotNull();
    }

    /** Nothing that no answer has given out reaches PostgreSQL. */
    @ParameterizedTest
    @CsvSource({
        "createdAt,x",
        "name,''",
        "lastUsedAt,yesterday",
        "lastUsedAt,infinity",
        "lastUsedAt,-2000-01-01T00:00:00Z",
        "totalConsumed,1e9",
        "totalConsumed,9999999999999999999",
        "expiresAt,-infinity",
        "expiresAt,2027-01-01T00:00:00.000Z",
        "expiresAt,+12000-01-01T00:00:00Z"
    })
    void refusesAMadeUpCursor(String sort, String key) {
        ListCursor honest = Queries.of("sort", sort).cursorAt(item("a", null));
        ListCursor madeUp = new ListCursor(honest.question(), key, honest.id());

        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> Queries.of("sort", sort, "cursor", madeUp.toString()))
                .satisfies(e -> assertThat(e.rule()).startsWith("must be the nextCursor"));
    }

    /** A secret in an address is no secret any more; it is refused, and not repeated. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-tkf0000000000000000000000000000000000000000000000",
                "Bearer sk-abcdefghijklmnop",
                "tkf0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabc1XFe8s",
                "sk-ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef",
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef0123456789012345"
            })
    void refusesASecret(String secret) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> Queries.of("search", secret))
                .satisfies(e -> assertThat(e.field()).isEqualTo("search"))
                .satisfies(e ->
                        assertThat(e.rule())
                                .startsWith("must not be a secret")
                                .doesNotContain(secret));
        assertThat(Queries.of("search", "sk-tkfA**********wxyz").search())
                .as("a mask is none")
                .isNotNull();
    }

    /** A parameter that breaks its rule is refused by name; nothing is guessed or ignored. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    accountId, acme,            must be 'acc_'
                    accountId, '',              must be 'acc_'
                    status,    deleted,         'must be enabled, disabled, expired or exhausted'
                    status,    ENABLED,         'must be enabled, disabled, expired or exhausted'
                    group,     a b,             must have 1 to 64
                    search,    ' ',             must have 1 to 100
                    limit,     0,               must be a whole number from 1 to 200
                    limit,     201,             must be a whole number from 1 to 200
                    limit,     -1,              must be a whole number from 1 to 200
                    limit,     1.5,             must be a whole number from 1 to 200
                    limit,     99999999999,     must be a whole number from 1 to 200
                    limit,     ٣,               must be a whole number from 1 to 200
                    cursor,    abc,             must be the nextCursor
                    cursor,    '??',            must be the nextCursor
                    acountId,  acme,            is not a parameter
                    model,     a b,             must have 1 to 200
                    expiringBefore, tomorrow,   must be a time such as
                    expiringBefore, 1969-12-31T23:59:59Z, must be a time such as
                    nearQuota, 0,               must be a whole number from 1 to 100
                    nearQuota, 101,             must be a whole number from 1 to 100
                    sort,      size,            must be one of createdAt
                    order,     up,              must be asc or desc
                    """)
    void refusesWhatBreaksItsRule(String name, String text, String rule) {
        MultiValueMap<String, String> values = new LinkedMultiValueMap<>();
        values.add(name, text);

        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> parse(values))
                .satisfies(e -> assertThat(e.field()).isEqualTo(name))
                .satisfies(e -> assertThat(e.rule()).startsWith(rule));
    }

    /** A parameter given twice has no meaning. */
    @Test
    void refusesARepeatedParameter() {
        MultiValueMap<String, String> values = new LinkedMultiValueMap<>();
        values.add("status", "enabled");
        values.add("status", "disabled");

        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> parse(values))
                .satisfies(e -> assertThat(e.rule()).isEqualTo("must be given once"));
    }

    private static TokenQuery parse(MultiValueMap<String, String> values) {
        return TokenQuery.parse(new QueryParameters(values));
    }

    private TokenItem item(String name, @Nullable Instant at) {
        return new TokenItem(
                ledger.newTokenId(),
                ledger.newAccountId(),
                name,
                "default",
                TokenStatus.ENABLED,
                null,
                ScriptedLedger.MASK,
                null,
                5,
                null,
                null,
                null,
                null,
                5,
                null,
                null,
                at,
                null,
                null,
                ScriptedLedger.BEGINNING,
                ScriptedLedger.BEGINNING,
                at,
                0,
                null);
    }
}
