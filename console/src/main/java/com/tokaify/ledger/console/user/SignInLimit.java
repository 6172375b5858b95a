package com.tokaify.ledger.console.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Slows down whoever tries passwords: by name and address, and by address. Never by name alone, or
 * anybody could keep somebody else out by typing their name. Tries are counted before they are
 * checked, so that many at a time count too, and a right password gives its try back. Each instance
 * counts by itself. Thread-safe.
 */
public final class SignInLimit {
    private static final Duration PERIOD = Duration.ofMinutes(5);

    /** Who is idle for a period has all tries again anyway. */
    private static final int REMEMBERED = 100_000;

    private final SignInSettings settings;
    private final TimeMeter meter;
    private final Cache<NameAndAddress, Bucket> ofNames = cache();
    private final Cache<String, Bucket> ofAddresses = cache();

    private record NameAndAddress(String name, String address) {}

    SignInLimit(SignInSettings settings, TimeMeter meter) {
        this.settings = settings;
        this.meter = meter;
    }

    private static <K> Cache<K, Bucket> cache() {
        return Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterAccess(PERIOD).build();
    }

    /** Counts a try; how long to wait where there were too many. */
    public Optional<Duration> tried(String name, String address) {
        Bucket ofName = ofName(name, address);
        ConsumptionProbe probe = ofName.tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            probe = ofAddress(address).tryConsumeAndReturnRemaining(1);
            if (probe.isConsumed()) {
                return Optional.empty();
            }
            ofName.addTokens(1);
        }
        // Up to a whole second, so that who waits as long as told is let.
        Duration wait = Duration.ofNanos(probe.getNanosToWaitForRefill());
        return Optional.of(Duration.ofSeconds(wait.plusSeconds(1).minusNanos(1).toSeconds()));
    }

    /** The password was right: this try, and those before it for this name, count for nothing. */
    public void succeeded(String name, String address) {
        ofName(name, address).reset();
        ofAddress(address).addTokens(1);
    }

    private Bucket ofName(String name, String address) {
        return Objects.requireNonNull(
                ofNames.get(new NameAndAddress(name, address), _ -> bucket(settings.tries())));
    }

    private Bucket ofAddress(String address) {
        return Objects.requireNonNull(
                ofAddresses.get(address, _ -> bucket(settings.triesPerAddress())));
    }

    private Bucket bucket(int tries) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(tries).refillGreedy(tries, PERIOD))
                .withCustomTimePrecision(meter)
                .build();
    }
}
