package com.tokaify.ledger.enforcement.decision;

import static com.tokaify.ledger.enforcement.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.view.AccountState;
import com.tokaify.ledger.enforcement.view.Counting;
import com.tokaify.ledger.enforcement.view.Counting.ModelCount;
import com.tokaify.ledger.enforcement.view.Counting.Period;
import com.tokaify.ledger.enforcement.view.Secrets;
import com.tokaify.ledger.enforcement.view.Standing;
import com.tokaify.ledger.enforcement.view.Terms;
import com.tokaify.ledger.enforcement.view.TokenState;
import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.rules.Rule;
import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
    private static final Standing ENABLED = new Standing(true, false, false);
    private static final Terms UNRESTRICTED = new Terms("default", null, null, null, null);
    private static final AccountState RICH = new AccountState(false, 1000);
    private static final Check PLAIN = new Check("gpt-5", null, null);
    private static final Facts FINE = new Facts(token(ENABLED, UNRESTRICTED, 0), RICH, PLAIN, NOW);

    /** A fact that breaks a rule, and what is said of it. */
    private record Breach(Verdict verdict, UnaryOperator<Facts> breach) {
        Breach(Code code, UnaryOperator<Facts> breach) {
            this(new Verdict(code, code.message()), breach);
        }
    }

    /** One for each rule, in the order DESIGN 8 asks. */
    private static final List<Breach> BREACHES =
            List.of(
                    new Breach(
                            Code.TOKEN_DELETED,
                            facts ->
                                    with(
                                            facts,
                                            new Standing(
                                                    standing(facts).enabled(),
                                                    standing(facts).expired(),
                                                    true))),
                    new Breach(
                            Code.TOKEN_DISABLED,
                            facts ->
                                    with(
                                            facts,
                                            new Standing(false, standing(facts).expired(), false))),
                    new Breach(
                            Code.TOKEN_EXPIRED,
                            facts -> with(facts, new Standing(true, true, false))),
                    new Breach(
                            Code.IP_NOT_ALLOWED,
                            facts ->
                                    with(
                                            facts,
                                            new Terms(
                                                    "default",
                                                    terms(facts).quotaLimit(),
                                                    terms(facts).models(),
                                                    List.of(IpRange.parse("10.0.0.0/8")),
                                                    null))),
                    new Breach(
                            Code.MODEL_NOT_ALLOWED,
                            facts ->
                                    with(
                                            facts,
                                            new Terms(
                                                    "default",
                                                    terms(facts).quotaLimit(),
                                                    Set.of("claude-4"),
                                                    null,
                                                    null))),
                    new Breach(
                            Code.ACCOUNT_SUSPENDED,
                            facts ->
                                    with(facts, new AccountState(true, facts.account().balance()))),
                    new Breach(
                            Code.BALANCE_INSUFFICIENT,
                            facts -> with(facts, new AccountState(false, 0))),
                    new Breach(
                            Code.QUOTA_EXHAUSTED,
                            facts -> with(facts, new Terms("default", 0L, null, null, null))),
                    new Breach(
                            new Verdict(
                                    Code.QUOTA_EXHAUSTED,
                                    "What is left of the token's quota of the model gpt-5 does not"
                                            + " cover the call."),
                            facts -> with(facts, limiting("gpt-5", 7, 7))));

    /** A token nothing speaks against may be used. */
    @Test
    void aTokenThatBreaksNoRuleIsAllowed() {
        assertThat(Verdict.of(FINE)).isEqualTo(new Verdict(Code.OK, Code.OK.message()));
    }

    /** Each rule alone refuses, with its own code and words. */
    @Test
    void everyBrokenRuleGivesItsCode() {
        for (Breach breach : BREACHES) {
            assertThat(Verdict.of(breach.breach().apply(FINE))).isEqualTo(breach.verdict());
        }
    }

    /** Who breaks several rules hears of the first in the order of DESIGN 8, not of another. */
    @Test
    void theFirstBrokenRuleInOrderGivesTheCode() {
        Facts facts = FINE;
        for (Breach breach : BREACHES.reversed()) {
            facts = breach.breach().apply(facts);
            assertThat(Verdict.of(facts)).isEqualTo(breach.verdict());
        }
        assertThat(BREACHES).hasSameSizeAs(Rule.values());
    }

    /** A token is refused from the very instant of its expiry on, and not a nanosecond earlier. */
    @ParameterizedTest
    @CsvSource({"-1, TOKEN_EXPIRED", "0, TOKEN_EXPIRED", "1, OK"})
    void expiryHoldsAtTheExactInstant(long nanosLeft, Code expected) {
        Instant expiresAt = NOW.plusNanos(nanosLeft);
        assertThat(code(with(FINE, new Terms("default", null, null, null, expiresAt))))
                .isEqualTo(expected);
    }

    /** The ledger's word that a token has expired counts even where this clock is late. */
    @Test
    void aTokenTheLedgerCallsExpiredIsRefusedBeforeTheClockSaysSo() {
        Terms later = new Terms("default", null, null, null, NOW.plusSeconds(1));
        assertThat(code(with(with(FINE, later), new Standing(true, true, false))))
                .isEqualTo(Code.TOKEN_EXPIRED);
    }

    /** Source addresses: edges of blocks, both families, and IPv4 in its mapped form. */
    @ParameterizedTest
    @CsvSource({
        "10.1.2.3,        10.1.2.3,             OK",
        "10.1.2.3,        10.1.2.4,             IP_NOT_ALLOWED",
        "10.1.2.3,        ::ffff:10.1.2.3,      OK",
        "::ffff:10.1.2.3, 10.1.2.3,             OK",
        "10.0.0.0/8,      10.0.0.0,             OK",
        "10.0.0.0/8,      10.255.255.255,       OK",
        "10.0.0.0/8,      9.255.255.255,        IP_NOT_ALLOWED",
        "10.0.0.0/8,      11.0.0.0,             IP_NOT_ALLOWED",
        "10.0.0.0/8,      ::10.0.0.1,           IP_NOT_ALLOWED",
        "192.0.2.128/25,  192.0.2.127,          IP_NOT_ALLOWED",
        "192.0.2.128/25,  192.0.2.128,          OK",
        "192.0.2.6/31,    192.0.2.7,            OK",
        "192.0.2.6/31,    192.0.2.8,            IP_NOT_ALLOWED",
        "0.0.0.0/0,       203.0.113.9,          OK",
        "0.0.0.0/0,       2001:db8::1,          IP_NOT_ALLOWED",
        "::/0,            2001:db8::1,          OK",
        "2001:db8::/32,   2001:db8::,           OK",
        "2001:db8::/32,   2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, OK",
        "2001:db8::/32,   2001:db9::,           IP_NOT_ALLOWED",
        "2001:db8::/32,   10.1.2.3,             IP_NOT_ALLOWED",
        "2001:db8::1,     2001:DB8:0:0:0:0:0:1, OK",
        "2001:db8::/127,  2001:db8::1,          OK",
        "2001:db8::/127,  2001:db8::2,          IP_NOT_ALLOWED"
    })
    void sourceAddressesAreMatchedToTheBit(String allowed, String ip, Code expected) {
        assertThat(code(from(List.of(IpRange.parse(allowed)), ip))).isEqualTo(expected);
    }

    /** One of several ranges is enough. */
    @Test
    void anyRangeOfTheAllowlistWillDo() {
        List<IpRange> two = List.of(IpRange.parse("10.0.0.0/8"), IpRange.parse("2001:db8::/32"));
        assertThat(code(from(two, "10.9.9.9"))).isEqualTo(Code.OK);
        assertThat(code(from(two, "2001:db8::9"))).isEqualTo(Code.OK);
        assertThat(code(from(two, "192.0.2.1"))).isEqualTo(Code.IP_NOT_ALLOWED);
    }

    /** A call from nobody knows where does not get past an allowlist. */
    @Test
    void anAllowlistRefusesACallWithoutASource() {
        assertThat(code(from(List.of(IpRange.parse("::/0")), null))).isEqualTo(Code.IP_NOT_ALLOWED);
    }

    /** Models are matched exactly, case and all. */
    @ParameterizedTest
    @CsvSource({
        "gpt-5,    OK",
        "claude-4, OK",
        "GPT-5,    MODEL_NOT_ALLOWED",
        "gpt-5o,   MODEL_NOT_ALLOWED",
        "gpt,      MODEL_NOT_ALLOWED"
    })
    void modelsAreMatchedExactly(String model, Code expected) {
        Terms terms = new Terms("default", null, Set.of("gpt-5", "claude-4"), null, null);
        assertThat(code(asking(with(FINE, terms), new Check(model, null, null))))
                .isEqualTo(expected);
    }

    /** A token for certain models refuses a call that names none. */
    @Test
    void aRestrictedTokenRefusesACallWithoutAModel() {
        Terms terms = new Terms("default", null, Set.of("gpt-5"), null, null);
        assertThat(code(asking(with(FINE, terms), new Check(null, null, null))))
                .isEqualTo(Code.MODEL_MISSING);
    }

    /** A token without restriction may use any model, named or not. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "anything")
    void withoutRestrictionAnyModelIsAllowed(@Nullable String model) {
        assertThat(code(asking(FINE, new Check(model, null, null)))).isEqualTo(Code.OK);
    }

    /** The balance must cover the amount; without an amount it must not be used up. */
    @ParameterizedTest
    @CsvSource({
        "1,  ,  OK",
        "0,  ,  BALANCE_INSUFFICIENT",
        "-5, ,  BALANCE_INSUFFICIENT",
        "7,  7, OK",
        "7,  8, BALANCE_INSUFFICIENT"
    })
    void theBalanceCoversTheAmount(long balance, @Nullable Long amount, Code expected) {
        assertThat(
                        code(
                                asking(
                                        with(FINE, new AccountState(false, balance)),
                                        new Check(null, null, amount))))
                .isEqualTo(expected);
    }

    /** What is left of the quota must cover the amount; an overrun counts as nothing left. */
    @ParameterizedTest
    @CsvSource({
        "10, 9,  ,   OK",
        "10, 10, ,   QUOTA_EXHAUSTED",
        "10, 12, ,   QUOTA_EXHAUSTED",
        "0,  0,  ,   QUOTA_EXHAUSTED",
        "10, 3,  7,  OK",
        "10, 3,  8,  QUOTA_EXHAUSTED",
        "  , 500, 900, OK"
    })
    void theQuotaCoversTheAmount(
            @Nullable Long limit, long consumed, @Nullable Long amount, Code expected) {
        Terms terms = new Terms("default", limit, null, null, null);
        Facts facts = new Facts(token(ENABLED, terms, consumed), RICH, PLAIN, NOW);
        assertThat(code(asking(facts, new Check(null, null, amount)))).isEqualTo(expected);
    }

    /** What is in flight may be more than is left, where others have used the same: not below 0. */
    @Test
    void whatIsHeldBeyondTheQuotaLeavesNothing() {
        Terms terms = new Terms("default", 10L, null, null, null);
        Facts facts =
                new Facts(token(ENABLED, terms, 3), RICH, PLAIN, NOW, new Held(9, 9, Map.of()));
        assertThat(facts.remaining()).isZero();
        assertThat(code(facts)).isEqualTo(Code.QUOTA_EXHAUSTED);
    }

    /**
     * What is left of a model's quota must cover the amount of a call of that model; others, and
     * calls of a model nobody names, are not its business.
     */
    @ParameterizedTest
    @CsvSource({
        "gpt-5,  9,   , OK",
        "gpt-5, 10,   , QUOTA_EXHAUSTED",
        "gpt-5, 12,   , QUOTA_EXHAUSTED",
        "gpt-5,  3,  7, OK",
        "gpt-5,  3,  8, QUOTA_EXHAUSTED",
        "GPT-5, 10,  8, OK",
        "     , 10,  8, OK"
    })
    void theQuotaOfAModelCoversTheAmount(
            @Nullable String model, long consumed, @Nullable Long amount, Code expected) {
        Facts facts = with(FINE, limiting("gpt-5", 10, consumed));
        assertThat(code(asking(facts, new Check(model, null, amount)))).isEqualTo(expected);
    }

    /**
     * What was consumed counts until the very instant the period ends, and then no more, though no
     * event has come: for the token's limit and for those of its models.
     */
    @ParameterizedTest
    @CsvSource({"1, QUOTA_EXHAUSTED", "0, OK", "-1, OK"})
    void aPeriodEndsAtTheExactInstant(long nanosLeft, Code expected) {
        Period period = new Period(NOW.plusNanos(nanosLeft), 500);
        Terms terms = new Terms("default", 10L, null, null, null);
        Facts ofToken = with(FINE, token(ENABLED, terms, 510, new Counting(period, List.of())));
        Facts ofModel =
                with(
                        FINE,
                        token(
                                ENABLED,
                                UNRESTRICTED,
                                510,
                                new Counting(period, List.of(new ModelCount("gpt-5", 10, 10)))));

        assertThat(code(ofToken)).isEqualTo(expected);
        assertThat(code(ofModel)).isEqualTo(expected);
    }

    /** Only what was consumed in the period counts in it. */
    @ParameterizedTest
    @CsvSource({"509, 1, OK", "509, 2, QUOTA_EXHAUSTED", "500, 10, OK", "500, 11, QUOTA_EXHAUSTED"})
    void whatWasConsumedBeforeThePeriodDoesNotCount(long total, long amount, Code expected) {
        Counting counting = new Counting(new Period(NOW.plusSeconds(1), 500), List.of());
        Terms terms = new Terms("default", 10L, null, null, null);
        Facts facts = with(FINE, token(ENABLED, terms, total, counting));
        assertThat(code(asking(facts, new Check(null, null, amount)))).isEqualTo(expected);
    }

    private static Facts from(List<IpRange> allowlist, @Nullable String ip) {
        return asking(
                with(FINE, new Terms("default", null, null, allowlist, null)),
                new Check(null, ip == null ? null : IpAddress.parse("ip", ip), null));
    }

    private static Facts asking(Facts facts, Check check) {
        return new Facts(facts.token(), facts.account(), check, facts.now());
    }

    private static Facts with(Facts facts, AccountState account) {
        return new Facts(facts.token(), account, facts.check(), facts.now());
    }

    private static Facts with(Facts facts, Terms terms) {
        return with(
                facts,
                token(standing(facts), terms, facts.token().consumed(), facts.token().counting()));
    }

    private static Facts with(Facts facts, Standing standing) {
        return with(
                facts,
                token(standing, terms(facts), facts.token().consumed(), facts.token().counting()));
    }

    private static Facts with(Facts facts, Counting counting) {
        return with(
                facts, token(standing(facts), terms(facts), facts.token().consumed(), counting));
    }

    private static Facts with(Facts facts, TokenState token) {
        return new Facts(token, facts.account(), facts.check(), facts.now());
    }

    private static Terms terms(Facts facts) {
        return facts.token().terms();
    }

    private static Standing standing(Facts facts) {
        return facts.token().standing();
    }

    private static Counting limiting(String model, long limit, long consumed) {
        return new Counting(null, List.of(new ModelCount(model, limit, consumed)));
    }

    private static Code code(Facts facts) {
        return Verdict.of(facts).code();
    }

    private static TokenState token(Standing standing, Terms terms, long consumed) {
        return token(standing, terms, consumed, Counting.PLAIN);
    }

    private static TokenState token(
            Standing standing, Terms terms, long consumed, Counting counting) {
        return new TokenState(
                standing,
                terms,
                new Secrets.Single(new LookupHash(1, 2, 3, 4)),
                consumed,
                counting);
    }
}
