package com.tokaify.ledger.enforcement.metrics;

import static com.tokaify.ledger.enforcement.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.enforcement.metrics.DecisionCounts.Face;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.rules.Code;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    /** A decision is counted under its face and its code, and under no other. */
    @Test
    void decisionsAreCountedByFaceAndCode() {
        DecisionCounts counts = new DecisionCounts();
        counts.export(registry);
        counts.of(Face.VERIFY).add(Code.OK);
        counts.of(Face.VERIFY).add(Code.OK);
        counts.of(Face.GRPC).add(Code.RATE_LIMITED);
        counts.of(Face.AUTHZ).add(true, null);
        counts.of(Face.AUTHZ).add(false, null);

        assertThat(decisions("verify", "OK")).isEqualTo(2);
        assertThat(decisions("grpc", "RATE_LIMITED")).isEqualTo(1);
        assertThat(decisions("authz", "INVALID_REQUEST")).isEqualTo(1);
        assertThat(decisions("authz", "UNKNOWN_GATEWAY")).isEqualTo(1);
        assertThat(registry.get("ledger.decisions").functionCounters())
                .hasSize(Face.values().length * (Code.values().length + 2));
        assertThat(
                        registry.get("ledger.decisions").functionCounters().stream()
                                .mapToDouble(counter -> counter.count())
                                .sum())
                .isEqualTo(5);
    }

    /** Time is measured from the record to now; a clock that is ahead gives nothing less. */
    @ParameterizedTest
    @CsvSource({"0, 0", "35, 35", "-5, 0"})
    void propagationIsFromTheRecordToNow(long millis, double measured) {
        LocalView view = new LocalView(1);
        view.become(new ViewStatus.Ready());
        Propagation propagation =
                new Propagation(view, () -> NOW.plus(Duration.ofMillis(millis)), registry);
        propagation.accept(event());

        Timer timer = registry.get("ledger.propagation").timer();
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(measured);
        assertThat(propagation.latest())
                .isEqualTo(new DelaySummary(1, (long) measured, (long) measured, (long) measured));
    }

    /** History that is read at the start is no measure of how fast news is. */
    @Test
    void whatIsReadBeforeTheViewIsReadyIsNotMeasured() {
        LocalView view = new LocalView(1);
        Propagation propagation = new Propagation(view, () -> NOW.plusSeconds(86_400), registry);
        propagation.accept(event());
        view.become(new ViewStatus.CatchingUp());
        propagation.accept(event());

        assertThat(registry.get("ledger.propagation").timer().count()).isZero();
        assertThat(propagation.latest()).isNull();
    }

    private double decisions(String face, String code) {
        return registry.get("ledger.decisions")
                .tags("face", face, "code", code)
                .functionCounter()
                .count();
    }

    private static RecordedEvent event() {
        return EventCodec.decode(
                new TestLedger(1).record(TestLedger.account(1), new AccountOpened("Acme")));
    }
}
