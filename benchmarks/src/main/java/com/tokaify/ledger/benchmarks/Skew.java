package com.tokaify.ledger.benchmarks;

/** Which tokens consumptions are of. */
public enum Skew {
    /** By Zipf's law: a few often, most hardly ever. */
    ZIPF("Zipf"),
    /** One consumption in ten is of one and the same token, the others are by Zipf's law. */
    HOT_TOKEN("hot token");

    static final double HOT_SHARE = 0.1;

    private final String title;

    Skew(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
