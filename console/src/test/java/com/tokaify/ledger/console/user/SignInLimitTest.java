package com.tokaify.ledger.console.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignInLimitTest {
    private final AtomicLong nanos = new AtomicLong();
    private final SignInLimit limit =
            new SignInLimit(
                    new SignInSettings(3, 6),
                    new TimeMeter() {
                        @Override
                        public long currentTimeNanos() {
                            return nanos.get();
                        }

                        @Override
                        public boolean isWallClockBased() {
                            return false;
                        }
                    });

    /** One name from one address has so many tries, and one more each part of the five minutes. */
    @Test
    void triesComeBackWithTime() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.tried("ann", "a")).isEmpty();
        }
        Duration wait = limit.tried("ann", "a").orElseThrow();
        assertThat(wait).isEqualTo(Duration.ofSeconds(100));
        nanos.addAndGet(wait.toNanos());
        assertThat(limit.tried("ann", "a")).isEmpty();
        assertThat(limit.tried("ann", "a")).isPresent();
    }

    /** Whoever types somebody's name elsewhere keeps nobody out. */
    @Test
    void nobodyIsKeptOutByAnother() {
        for (int i = 0; i < 10; i++) {
            Optional<Duration> ignored = limit.tried("ann", "attacker");
            assertThat(ignored.isPresent()).isEqualTo(i >= 3);
        }
        assertThat(limit.tried("ann", "home")).isEmpty();
        assertThat(limit.tried("bob", "attacker")).isEmpty();
    }

    /** One address does not try one password with every name. */
    @Test
    void addressHasALimitOfItsOwn() {
        for (int i = 0; i < 6; i++) {
            assertThat(limit.tried("name-" + i, "a")).isEmpty();
        }
        assertThat(limit.tried("name-7", "a")).isPresent();
        assertThat(limit.tried("name-7", "b")).isEmpty();
    }

    /** Right passwords are no tries, however many. */
    @Test
    void successGivesTriesBack() {
        for (int i = 0; i < 20; i++) {
            assertThat(limit.tried("ann", "a")).isEmpty();
            limit.succeeded("ann", "a");
        }
    }
}
