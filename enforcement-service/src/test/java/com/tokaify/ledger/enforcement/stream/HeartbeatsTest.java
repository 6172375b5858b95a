package com.tokaify.ledger.enforcement.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.view.Freshness;
import com.tokaify.ledger.enforcement.view.Freshness.WhenStale;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Two partitions, whose leaders a test plays. */
class HeartbeatsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong();
    private final LocalView view = view(WhenStale.CLOSED);
    private final Leaders leaders = new Leaders();
    private final long[] readUpTo = {5, 7};
    private final Heartbeats heartbeats =
            new Heartbeats(view, partition -> readUpTo[partition], leaders);

    /** Answers when the test says so. */
    private static final class Leaders implements LogEnds {
        private final Map<Integer, CompletableFuture<Long>> questions = new HashMap<>();

        @Override
        public Map<Integer, CompletableFuture<Long>> ask(Collection<Integer> partitions) {
            Map<Integer, CompletableFuture<Long>> asked = new HashMap<>();
            partitions.forEach(partition -> asked.put(partition, new CompletableFuture<>()));
            questions.putAll(asked);
            return asked;
        }

        void answer(int partition, long end) {
            questions.getOrDefault(partition, new CompletableFuture<>()).complete(end);
        }

        void fail(int partition) {
            questions
                    .getOrDefault(partition, new CompletableFuture<>())
                    .completeExceptionally(new IllegalStateException("away"));
        }

        @Override
        public void close() {}
    }

    /** What the view knows is as old as the question whose answer it has reached, not younger. */
    @Test
    void aPartitionIsAsOldAsTheQuestion() {
        heartbeats.tick();
        pass(Duration.ofSeconds(3));
        leaders.answer(0, 5);
        leaders.answer(1, 7);
        pass(Duration.ofSeconds(1));
        heartbeats.tick();
        assertThat(view.age(0)).isEqualTo(Duration.ofSeconds(4));

        pass(Duration.ofSeconds(1));
        leaders.answer(0, 5);
        heartbeats.tick();
        assertThat(view.age(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(view.age(1)).isEqualTo(Duration.ofSeconds(5));
        assertThat(view.age()).as("that of the oldest").isEqualTo(Duration.ofSeconds(5));
    }

    /** An answer alone is nothing: what lies before the end must be in the view. */
    @Test
    void aReaderThatLagsMakesThePartitionOld() {
        heartbeats.tick();
        leaders.answer(0, 9);
        leaders.answer(1, 7);
        pass(Duration.ofSeconds(31));
        heartbeats.tick();
        assertThat(view.age(1)).isEqualTo(Duration.ofSeconds(31));
        pass(Duration.ofSeconds(1));
        leaders.answer(1, 7);
        heartbeats.tick();
        assertThat(view.age(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(view.age(0)).isEqualTo(Duration.ofSeconds(32));

        readUpTo[0] = 9;
        heartbeats.tick();
        heartbeats.tick();
        leaders.answer(0, 9);
        pass(Duration.ofSeconds(2));
        heartbeats.tick();
        assertThat(view.age(0)).isEqualTo(Duration.ofSeconds(2));
    }

    /** One partition that nobody answers for is enough: no check is decided any more. */
    @Test
    void oneSilentPartitionClosesTheView() {
        view.become(new ViewStatus.Ready());
        heartbeats.tick();
        leaders.answer(0, 5);
        leaders.fail(1);
        pass(LIMIT);
        heartbeats.tick();
        assertThat(view.mayDecide()).isTrue();
        leaders.answer(0, 5);
        leaders.fail(1);
        pass(Duration.ofNanos(1));
        heartbeats.tick();
        assertThat(view.age(0)).isLessThan(LIMIT);
        assertThat(view.stale()).isTrue();
        assertThat(view.mayDecide()).isFalse();
        assertThat(view.ready()).as("it knows the tokens still").isTrue();

        leaders.answer(1, 7);
        heartbeats.tick();
        assertThat(view.mayDecide()).isTrue();
    }

    /** Who would rather go on may say so. */
    @Test
    void aStaleViewMayBeLeftOpen() {
        LocalView open = view(WhenStale.OPEN);
        open.become(new ViewStatus.Ready());
        pass(LIMIT.plusNanos(1));
        assertThat(open.stale()).isTrue();
        assertThat(open.mayDecide()).isTrue();
    }

    private LocalView view(WhenStale whenStale) {
        return new LocalView(2, nanos::get, new Freshness(LIMIT, whenStale));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
