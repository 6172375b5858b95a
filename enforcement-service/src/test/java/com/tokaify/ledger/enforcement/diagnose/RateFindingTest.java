package com.tokaify.ledger.enforcement.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.rate.RateAnswer;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.rules.Finding;
import com.tokaify.ledger.events.rules.Found;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateFindingTest {
    private static final RateLimits LIMITS = new RateLimits(60L, null);

    /** A token without limits has nothing that could stand in its way here. */
    @Test
    void withoutLimitsThereIsRoom() {
        assertThat(RateFinding.of(null, new RateAnswer.Fits()))
                .isEqualTo(Finding.of(RateFinding.CHECK, Found.NO_RATE_LIMITS));
    }

    /** Whoever is within the limits is told what they are. */
    @Test
    void withinTheLimitsTheyAreTold() {
        Finding finding = RateFinding.of(LIMITS, new RateAnswer.Fits());
        assertThat(finding.passed()).isTrue();
        assertThat(finding.facts()).isEqualTo(Map.of("requestsPerMinute", 60L));
        assertThat(finding.message())
                .isEqualTo(
                        "There is room for the call. The token may make 60 calls and use any number"
                                + " of units within a minute.");
    }

    /** Whoever called too often is told how long to wait. */
    @Test
    void tooOftenIsToldWithTheTimeToWait() {
        Finding finding = RateFinding.of(LIMITS, new RateAnswer.Later(7));
        assertThat(finding.code()).isEqualTo(Code.RATE_LIMITED);
        assertThat(finding.message()).contains("too often").contains("60 calls");
        assertThat(finding.remedy()).startsWith("Wait 7 s");
    }

    /** Whoever asks for too much at once is not told to wait. */
    @Test
    void tooMuchAtOnceIsNotHelpedByWaiting() {
        Finding finding = RateFinding.of(new RateLimits(null, 5L), new RateAnswer.Never());
        assertThat(finding.code()).isEqualTo(Code.RATE_LIMITED);
        assertThat(finding.message()).contains("5 units");
        assertThat(finding.remedy()).doesNotContain("Wait");
    }
}
