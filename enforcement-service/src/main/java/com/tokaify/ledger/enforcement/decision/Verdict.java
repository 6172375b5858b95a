package com.tokaify.ledger.enforcement.decision;

import com.tokaify.ledger.enforcement.rate.RateAnswer;

/**
 * What the rules say of a check.
 *
 * @param message why, in one sentence for people
 * @param retryAfterSeconds when the same call may be allowed; 0 where waiting alone does not help
 */
public record Verdict(Code code, String message, long retryAfterSeconds) {
    static final Verdict OK = new Verdict(Code.OK, Code.OK.message());

    private static final Verdict ABOVE_A_MINUTE =
            new Verdict(
                    Code.RATE_LIMITED,
                    "The call alone costs more units than the token may use within a minute.");

    public Verdict(Code code, String message) {
        this(code, message, 0);
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
