package com.tokaify.ledger.enforcement.settings;

import com.tokaify.ledger.enforcement.view.Freshness;
import com.tokaify.ledger.enforcement.view.Freshness.WhenStale;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the local view is kept.
 *
 * @param snapshotFolder where it is written to, this instance's alone; none is no snapshots, and
 *     every start reads the whole history
 * @param snapshotEvery how often, while anything changes
 * @param stalenessLimit how long Kafka may be away before the view counts as stale
 * @param whenStale what checks are answered then
 */
@ConfigurationProperties("ledger.view")
public record ViewSettings(
        @Nullable Path snapshotFolder,
        Duration snapshotEvery,
        Duration stalenessLimit,
        WhenStale whenStale) {
    private static final Duration SHORTEST_EVERY = Duration.ofSeconds(1);
    private static final Duration LONGEST_EVERY = Duration.ofDays(1);
    private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_LIMIT = Duration.ofDays(1);

    public ViewSettings {
        if (isOutside(snapshotEvery, SHORTEST_EVERY, LONGEST_EVERY)) {
            throw new IllegalArgumentException("LEDGER_VIEW_SNAPSHOT_EVERY must be 1s to 1d");
        }
        if (isOutside(stalenessLimit, SHORTEST_LIMIT, LONGEST_LIMIT)) {
            throw new IllegalArgumentException("LEDGER_VIEW_STALENESS_LIMIT must be 2s to 1d");
        }
    }

    public Freshness freshness() {
        return new Freshness(stalenessLimit, whenStale);
    }

    private static boolean isOutside(Duration value, Duration least, Duration most) {
        return value.compareTo(least) < 0 || value.compareTo(most) > 0;
    }
}
