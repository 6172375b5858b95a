package com.tokaify.ledger.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** When the view says that it may be relied on. */
class ViewHealthTest {
    private final ViewState state = new ViewState();
    private final ViewHealth health = new ViewHealth(state);

    /** A view that has not caught up since its start is not ready, and says what it is doing. */
    @Test
    void isDownUntilTheViewHasCaughtUp() {
        state.behind("is catching up with the stream");
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails())
                .containsEntry("behind", "is catching up with the stream");

        state.caughtUp();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    /** Having caught up once is enough: Kafka being away later does not make the view unready. */
    @Test
    void staysUpWhenKafkaGoesAway() {
        state.caughtUp();

        state.behind("waits for Kafka");

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    /** A stopped partition keeps the view down, with its reason, and nothing takes that back. */
    @Test
    void isDownWithTheReasonWhileAPartitionHasStopped() {
        state.caughtUp();

        state.stopped(Stop.of(3, "event 8 is missing"));
        state.working();

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails()).containsEntry("partition 3", "event 8 is missing");
    }

    /** A view that cannot be written is down until it can. */
    @Test
    void isDownWhileTheViewCannotBeWritten() {
        state.caughtUp();

        state.failing("cannot be written", new IllegalStateException("no database"));
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);

        state.working();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    /** Whether partitions of another view stop is to be seen; what stopped this one is over. */
    @Test
    void isUpAgainOnceTheViewHasBeenReplaced() {
        state.caughtUp();
        state.stopped(Stop.of(3, "event 8 is missing"));

        state.replaced();

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }
}
