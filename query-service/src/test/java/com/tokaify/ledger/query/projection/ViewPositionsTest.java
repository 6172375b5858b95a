package com.tokaify.ledger.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.Position;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Waiting for the view. */
class ViewPositionsTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private final ViewPositions positions = new ViewPositions(2);

    /** Who asks for what the view has does not wait. */
    @Test
    void whatTheViewHasIsNotWaitedFor() throws InterruptedException {
        positions.reached(new Position(1, 7));

        assertThat(positions.await(new Position(1, 7), Duration.ZERO)).isTrue();
        assertThat(positions.await(new Position(0, 0), Duration.ZERO)).isTrue();
    }

    /**
     * Who asks for more than the view has is told so when the time is up; partitions count apart.
     */
    @Test
    void whatTheViewLacksIsToldAfterTheWait() throws InterruptedException {
        positions.reached(new Position(1, 7));

        assertThat(positions.await(new Position(1, 8), Duration.ofMillis(1))).isFalse();
        assertThat(positions.await(new Position(0, 7), Duration.ofMillis(1))).isFalse();
    }

    /** A commit wakes those it satisfies at once, however long they were ready to wait. */
    @Test
    void aCommitWakesTheWaiting() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> waiting =
                    threads.submit(() -> positions.await(new Position(0, 2), LONG));
            positions.reached(new Position(0, 1));
            assertThat(waiting.isDone()).isFalse();

            positions.reached(new Position(0, 2));

            assertThat(waiting.get()).isTrue();
        }
    }
}
