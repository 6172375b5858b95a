package com.tokaify.ledger.benchmarks;

import java.time.Duration;

/**
 * What the JVM of a road is asked to measure, as a line of text.
 *
 * @param items consumptions in each call
 */
record RoadOrder(Skew skew, int callers, int items, Duration warmUp, Duration window) {

    static RoadOrder parse(String line) {
        String[] parts = line.split(" ", -1);
        return new RoadOrder(
                Skew.valueOf(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Duration.parse(parts[3]),
                Duration.parse(parts[4]));
    }

    @Override
    public String toString() {
        return String.join(
                " ",
                skew.name(),
                Integer.toString(callers),
                Integer.toString(items),
                warmUp.toString(),
                window.toString());
    }
}
