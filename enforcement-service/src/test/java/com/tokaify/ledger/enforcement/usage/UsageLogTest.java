package com.tokaify.ledger.enforcement.usage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.events.usage.UsageReport;
import com.tokaify.ledger.local.LoopbackPort;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UsageLogTest {

    /** Without a broker a whole request is given up after one time-out, not one for each report. */
    @Test
    @Timeout(60)
    void aRequestIsGivenUpAfterOneTimeout() {
        UsageReport report =
                new UsageReport(
                        TestLedger.token(1),
                        "u1",
                        5,
                        null,
                        TestLedger.NOW,
                        new Actor(Actor.Kind.GATEWAY, "edge-1"));
        Duration timeout = Duration.ofSeconds(1);
        try (UsageLog log =
                new UsageLog(
                        UsageLog.producer("127.0.0.1:" + LoopbackPort.free(), timeout),
                        new Partitioning(4),
                        timeout)) {
            assertThatThrownBy(() -> log.record(Collections.nCopies(100, report)))
                    .isInstanceOf(UsageNotRecorded.class);
        }
    }
}
