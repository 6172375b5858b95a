package com.tokaify.ledger.benchmarks;

import java.util.Arrays;
import java.util.List;

/** How consumptions arrive: how many callers, and how many consumptions in one call. */
enum Shape {
    SINGLE_64(64, 1),
    SINGLE_256(256, 1),
    SINGLE_1024(1024, 1),
    BULK_100(16, 100),
    BULK_1000(4, 1_000);

    private final int callers;
    private final int items;

    Shape(int callers, int items) {
        this.callers = callers;
        this.items = items;
    }

    int callers() {
        return callers;
    }

    int items() {
        return items;
    }

    String title() {
        return items == 1 ? "one at a time" : "bulk of " + items;
    }

    /** The most callers of any shape. */
    static int mostCallers() {
        return Arrays.stream(values()).mapToInt(Shape::callers).max().orElseThrow();
    }

    /** How many call one at a time, in each shape that does. */
    static List<Integer> singleCallers() {
        return Arrays.stream(values())
                .filter(shape -> shape.items == 1)
                .map(Shape::callers)
                .toList();
    }
}
