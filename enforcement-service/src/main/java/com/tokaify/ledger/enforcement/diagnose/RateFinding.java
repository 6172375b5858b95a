package com.tokaify.ledger.enforcement.diagnose;

import com.tokaify.ledger.enforcement.rate.RateAnswer;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.rules.Finding;
import com.tokaify.ledger.events.rules.Found;
import org.jspecify.annotations.Nullable;

/** What this instance's count of the last minute says. */
final class RateFinding {
    static final String CHECK = "RATE_WITHIN_LIMITS";

    private RateFinding() {}

    static Finding of(@Nullable RateLimits limits, RateAnswer answer) {
        if (limits == null) {
            return Finding.of(CHECK, Found.NO_RATE_LIMITS);
        }
        Finding finding =
                switch (answer) {
                    case RateAnswer.Fits _ -> Finding.of(CHECK, Found.RATE_FITS);
                    case RateAnswer.Later(long seconds) ->
                            Finding.of(CHECK, Found.RATE_USED_UP).with("seconds", seconds);
                    case RateAnswer.Never _ -> Finding.of(CHECK, Found.RATE_NEVER_FITS);
                };
        return finding.with("requestsPerMinute", limits.requestsPerMinute())
                .with("unitsPerMinute", limits.unitsPerMinute());
    }
}
