package com.tokaify.ledger.enforcement.diagnose;

import com.tokaify.ledger.enforcement.rate.RateAnswer;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.rules.Finding;
import org.jspecify.annotations.Nullable;

/** What this instance's count of the last minute says, in plain words. */
final class RateFinding {
    static final String CHECK = "RATE_WITHIN_LIMITS";

    private RateFinding() {}

    static Finding of(@Nullable RateLimits limits, RateAnswer answer) {
        return switch (answer) {
            case RateAnswer.Fits _ ->
                    Finding.passed(
                            CHECK,
                            limits == null
                                    ? "The token has no rate limits."
                                    : "There is room for the call. The token" + may(limits));
            case RateAnswer.Later(long seconds) ->
                    new Finding(
                            CHECK,
                            Code.RATE_LIMITED,
                            "The token was used too often at this instance. It" + may(limits),
                            "Wait "
                                    + seconds
                                    + " s, call less often, or raise the token's rateLimits.");
            case RateAnswer.Never _ ->
                    new Finding(
                            CHECK,
                            Code.RATE_LIMITED,
                            "The call alone costs more units than a minute may hold. The token"
                                    + may(limits),
                            "Ask for less, or raise unitsPerMinute of the token's rateLimits.");
        };
    }

    private static String may(@Nullable RateLimits limits) {
        Long requests = limits == null ? null : limits.requestsPerMinute();
        Long units = limits == null ? null : limits.unitsPerMinute();
        return " may make "
                + (requests == null ? "any number of" : requests)
                + " calls and use "
                + (units == null ? "any number of" : units)
                + " units within a minute.";
    }
}
