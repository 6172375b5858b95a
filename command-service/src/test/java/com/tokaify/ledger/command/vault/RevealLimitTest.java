package com.tokaify.ledger.command.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tokaify.ledger.events.Actor;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RevealLimitTest {
    private static final Actor ONE = new Actor(Actor.Kind.OWNER, "one");
    private static final Actor OTHER = new Actor(Actor.Kind.OWNER, "other");

    private final AtomicLong nanos = new AtomicLong();
    private final RevealLimit limit = new RevealLimit(10, new Stopped(nanos));

    private record Stopped(AtomicLong nanos) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    private void count(Actor actor, int times) {
        for (int i = 0; i < times; i++) {
            limit.count(actor);
        }
    }

    /** Ten a minute and no more, for each actor alone; who waits as told may go on. */
    @Test
    void eachActorHasItsAllowance() {
        count(ONE, 10);
        assertThatExceptionOfType(RevealLimit.Reached.class)
                .isThrownBy(() -> limit.count(ONE))
                .withMessage("At most 10 secrets a minute are shown to one caller.")
                .satisfies(e -> assertThat(e.retryAfterSeconds()).isEqualTo(6));
        count(OTHER, 10);

        nanos.addAndGet(Duration.ofSeconds(6).toNanos() - 1);
        assertThatExceptionOfType(RevealLimit.Reached.class)
                .isThrownBy(() -> limit.count(ONE))
                .satisfies(e -> assertThat(e.retryAfterSeconds()).isEqualTo(1));
        nanos.incrementAndGet();
        assertThatCode(() -> limit.count(ONE)).doesNotThrowAnyException();
    }

    /** Idle time is not saved up. */
    @Test
    void anIdleActorHasOneAllowance() {
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        count(ONE, 10);
        assertThatExceptionOfType(RevealLimit.Reached.class).isThrownBy(() -> limit.count(ONE));
    }
}
