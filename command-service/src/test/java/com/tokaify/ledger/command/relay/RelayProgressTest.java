package com.tokaify.ledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.startup.RelayHealth;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** Whether Kafka has what the store has, by the relay's own looks at the store. */
class RelayProgressTest {
    private final AtomicLong nanos = new AtomicLong();
    private final RelayProgress progress = new RelayProgress(nanos::get);
    private final RelayHealth health = new RelayHealth(progress);

    private void pass(long seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private void sees(Map<Integer, Long> storeEnds) {
        progress.sees(storeEnds, progress.now());
    }

    /** Kafka is as old as the last look at the store of which everything is told. */
    @Test
    void theAgeIsThatOfTheLookWhichIsTold() {
        pass(3);
        sees(Map.of(0, 7L, 1, 2L));
        pass(1);
        progress.told(new long[] {7, 1});
        assertThat(progress.age()).isEqualTo(Duration.ofSeconds(4));
        progress.told(new long[] {7, 2});
        assertThat(progress.age()).isEqualTo(Duration.ofSeconds(1));
    }

    /** A relay that never finds nothing to do is not behind for that. */
    @Test
    void newEventsDoNotMakeOldOnesLate() {
        sees(Map.of(0, 5L));
        pass(1);
        sees(Map.of(0, 9L));
        progress.told(new long[] {6});
        assertThat(progress.age()).isEqualTo(Duration.ofSeconds(1));
        sees(Map.of(0, 9L));
        pass(1);
        progress.told(new long[] {8});
        assertThat(progress.age()).isEqualTo(Duration.ofSeconds(2));
        progress.told(new long[] {9});
        assertThat(progress.age()).isEqualTo(Duration.ofSeconds(1));
    }

    /** A relay that stands still is down after ten seconds, and up again once it has caught up. */
    @Test
    void aRelayThatStandsStillIsDown() {
        sees(Map.of(0, 5L));
        pass(10);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        pass(1);
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails()).containsEntry("toldEverythingMillisAgo", 11_000L);
        progress.told(new long[] {5});
        sees(Map.of(0, 5L));
        progress.told(new long[] {5});
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    /** An instance that does not relay is not behind, and owes nothing of what it once saw. */
    @Test
    void whereAnotherInstanceRelaysThisOneIsUp() {
        sees(Map.of(0, 5L));
        pass(60);
        progress.isAnothers();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        sees(Map.of(0, 8L));
        pass(60);
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        progress.told(new long[] {8});
        assertThat(progress.age()).isEqualTo(Duration.ofSeconds(60));
    }

    /** What is not told yet is counted over all partitions, and is another's where it relays. */
    @Test
    void whatKafkaLacksIsCounted() {
        sees(Map.of(0, 5L, 1, 9L));
        assertThat(progress.isLeading()).isTrue();
        progress.told(new long[] {3, 9});
        assertThat(progress.behind()).isEqualTo(2);
        sees(Map.of(0, 8L, 1, 10L));
        assertThat(progress.behind()).isEqualTo(6);
        progress.told(new long[] {8, 10});
        assertThat(progress.behind()).isZero();

        sees(Map.of(0, 20L, 1, 10L));
        progress.isAnothers();
        assertThat(progress.behind()).isZero();
        assertThat(progress.isLeading()).isFalse();
    }
}
