package com.tokaify.ledger.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.testkit.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread waiter =
                Thread.ofPlatform().start(() -> answer.complete(awaited(new Position(0, 2), LONG)));
        Await.until(LONG, "waiting", waiter::getState, Thread.State.TIMED_WAITING::equals);
        positions.reached(new Position(0, 1));
        assertThat(answer.isDone()).isFalse();

        positions.reached(new Position(0, 2));

        assertThat(answer.get(60, TimeUnit.SECONDS)).isTrue();
    }

    private boolean awaited(Position position, Duration atMost) {
        try {
            return positions.await(position, atMost);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
