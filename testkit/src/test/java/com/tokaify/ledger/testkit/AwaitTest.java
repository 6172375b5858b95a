package com.tokaify.ledger.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    /** The first wanted state is returned, however many others and failures come before it. */
    @Test
    void returnsTheFirstWantedState() {
        AtomicInteger calls = new AtomicInteger();
        int state =
                Await.until(
                        LONG,
                        "three",
                        () -> {
                            int call = calls.incrementAndGet();
                            if (call == 1) {
                                throw new IOException("not yet");
                            }
                            return call;
                        },
                        seen -> seen >= 3);
        assertThat(state).isEqualTo(3);
    }

    /** A state that never comes fails the test, and tells what was awaited and seen instead. */
    @Test
    void failsWithTheLastStateSeen() {
        assertThatThrownBy(() -> Await.until(SHORT, "a seven", () -> 6, seen -> seen == 7))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a seven")
                .hasMessageContaining("last seen: 6");
    }

    /** Where asking itself fails, that failure is the cause. */
    @Test
    void failsWithTheLastExceptionAsCause() {
        IOException failure = new IOException("no server");
        assertThatThrownBy(() ->
                        Await.until(
                                SHORT,
                                "an answer",
                                () -> {
                                    throw failure;
                                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no server")
                .hasCause(failure);
    }
}
