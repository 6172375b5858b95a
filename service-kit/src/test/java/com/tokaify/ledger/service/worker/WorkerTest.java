package com.tokaify.ledger.service.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.testkit.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rest that is not ended by anybody would last for longer than any test may. */
@Timeout(60)
class WorkerTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final AtomicInteger rounds = new AtomicInteger();

    private Worker started(Consumer<Worker> rest) {
        AtomicReference<Worker> self = new AtomicReference<>();
        Worker worker =
                new Worker(
                        "worker",
                        () -> {
                            while (!self.get().isClosing()) {
                                rounds.incrementAndGet();
                                rest.accept(self.get());
                            }
                        });
        self.set(worker);
        worker.start();
        Await.until(LIMIT, "it works", () -> rounds.get() > 0);
        return worker;
    }

    /** Whichever way it rests, nobody has to wait for the rest of it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void beingClosedEndsARest(boolean untilThereIsWork) {
        Worker worker =
                started(it -> {
                    if (untilThereIsWork) {
                        it.awaitWork(LONG);
                    } else {
                        it.pause(LONG);
                    }
                });

        worker.close();

        assertThat(worker.isAlive()).isFalse();
        assertThat(rounds).hasValue(1);
    }

    /** Work that comes while it works is not forgotten, and however much of it is one round. */
    @Test
    void workThatCameMeanwhileIsSeen() {
        CountDownLatch told = new CountDownLatch(1);
        Worker worker =
                started(it -> {
                    await(told);
                    it.awaitWork(LONG);
                });
        worker.wake();
        worker.wake();
        told.countDown();
        Await.until(LIMIT, "the second round", () -> rounds.get() == 2);

        worker.close();

        assertThat(rounds).hasValue(2);
    }

    /** A rest ends by itself, too. */
    @Test
    void restsAreNoLongerThanTheyWereMeant() {
        try (Worker _ =
                started(it -> {
                    it.awaitWork(SHORT);
                    it.pause(SHORT);
                })) {
            Await.until(LIMIT, "many rounds", () -> rounds.get() > 3);
        }
    }

    /** Who hangs in something else is left alone after a while, and that is said. */
    @Test
    void whoDoesNotEndInTimeIsToldOf() {
        CountDownLatch hanging = new CountDownLatch(1);
        Worker worker = started(_ -> await(hanging));

        assertThat(worker.close(SHORT)).isFalse();
        assertThat(worker.isAlive()).isTrue();

        hanging.countDown();
        assertThat(worker.close(LIMIT)).isTrue();
        assertThat(worker.isAlive()).isFalse();
    }

    /** One that was never started has nothing to end. */
    @Test
    void whatWasNotStartedIsClosedAtOnce() {
        Worker worker = Worker.daemon("never", () -> {});
        assertThat(worker.close(LONG)).isTrue();
        worker.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
