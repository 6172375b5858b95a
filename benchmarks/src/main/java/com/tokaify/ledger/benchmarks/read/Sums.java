package com.tokaify.ledger.benchmarks.read;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Sums by some key within a stretch of time, written down when the next stretch begins: events come
 * in the order of time, so that no sum changes any more.
 */
final class Sums<K> {
    /** Writes one sum down. */
    @FunctionalInterface
    interface Writer<K> {
        void write(Instant stretch, K key, long count, long amount) throws SQLException;
    }

    private record Sum(long count, long amount) {
        private Sum plus(Sum other) {
            return new Sum(count + other.count, amount + other.amount);
        }
    }

    private final long seconds;
    private final Writer<K> writer;
    private final Map<K, Sum> sums = new HashMap<>();
    private Instant stretch = Instant.MIN;

    Sums(Duration stretch, Writer<K> writer) {
        this.seconds = stretch.toSeconds();
        this.writer = writer;
    }

    void add(Instant at, K key, long amount) throws SQLException {
        long second = at.getEpochSecond();
        Instant now = Instant.ofEpochSecond(second - Math.floorMod(second, seconds));
        if (!now.equals(stretch)) {
            flush();
            stretch = now;
        }
        sums.merge(key, new Sum(1, amount), Sum::plus);
    }

    void flush() throws SQLException {
        for (Map.Entry<K, Sum> each : sums.entrySet()) {
            writer.write(stretch, each.getKey(), each.getValue().count(), each.getValue().amount());
        }
        sums.clear();
    }
}
