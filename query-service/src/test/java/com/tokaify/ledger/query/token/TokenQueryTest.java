package com.tokaify.ledger.query.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.query.web.QueryParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** What may be asked of the token list. */
class TokenQueryTest {
    private final ScriptedLedger ledger = new ScriptedLedger(1);

    /** Without parameters the query is the newest fifty of all. */
    @Test
    void asksForTheFirstFiftyOfAllByDefault() {
        assertThat(parse(new LinkedMultiValueMap<>()))
                .isEqualTo(new TokenQuery(null, null, null, null, 50, null));
    }

    /** Every parameter means what it says, and a cursor comes back as it was given out. */
    @Test
    void readsEveryParameter() {
        AccountId account = ledger.newAccountId();
        TokenCursor cursor = new TokenCursor(ledger.newTokenId());
        MultiValueMap<String, String> values = new LinkedMultiValueMap<>();
        values.add("accountId", account.toString());
        values.add("status", "exhausted");
        values.add("group", "vip");
        values.add("search", "Büro");
        values.add("limit", "200");
        values.add("cursor", cursor.toString());

        assertThat(parse(values))
                .isEqualTo(
                        new TokenQuery(account, TokenStatus.EXHAUSTED, "vip", "Büro", 200, cursor));
    }

    /** An id that is searched for is found by itself; other texts are no id. */
    @Test
    void knowsAnIdWhenItIsSearchedFor() {
        TokenId id = ledger.newTokenId();

        assertThat(new TokenQuery(null, null, null, id.toString(), 1, null).searchedIds())
                .containsExactly(id);
        assertThat(new TokenQuery(null, null, null, "tok_", 1, null).searchedIds()).isEmpty();
        assertThat(new TokenQuery(null, null, null, null, 1, null).searchedIds()).isEmpty();
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
}
