package com.tokaify.ledger.enforcement.decision;

import com.tokaify.ledger.enforcement.rate.RateAnswer;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.rules.Rule;

/**
 * What the rules say of a check.
 *
 * @param message why, in one sentence for people
 * @param retryAfterSeconds when the same call may be allowed; 0 where waiting alone does not help
 */
public record Verdict(Code code, String message, long retryAfterSeconds) {
    static final Verdict OK = new Verdict(Code.OK, Code.OK.message());

    private static final Rule[] IN_ORDER = Rule.values();

    private static final Verdict ABOVE_A_MINUTE =
            new Verdict(
                    Code.RATE_LIMITED,
                    "The call alone costs more units than the token may use within a minute.");

    public Verdict(Code code, String message) {
        this(code, message, 0);
    }

    /** {@link #OK} or what the first rule that is broken says. */
    static Verdict of(Facts facts) {
        for (Rule rule : IN_ORDER) {
            Code code = rule.judge(facts);
            if (code != Code.OK) {
                return new Verdict(code, rule.message(code, facts));
            }
        }
        return OK;
    }

    static Verdict of(RateAnswer answer) {
        return switch (answer) {
            case RateAnswer.Fits _ -> OK;
            case RateAnswer.Later(long seconds) ->
                    new Verdict(Code.RATE_LIMITED, Code.RATE_LIMITED.message(), seconds);
            case RateAnswer.Never _ -> ABOVE_A_MINUTE;
        };
    }
}
