package com.tokaify.ledger.benchmarks;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Zipf's law with exponent 1: the first of n is drawn twice as often as the second, three times as
 * often as the third. As API keys are used: a few are hot, most are hardly ever seen. Thread-safe.
 */
public final class Zipf {
    /** The probability of drawing this one or one before it. */
    private final double[] cumulated;

    public Zipf(int n) {
        double[] sums = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += 1.0 / (i + 1);
            sums[i] = sum;
        }
        for (int i = 0; i < n; i++) {
            sums[i] /= sum;
        }
        this.cumulated = sums;
    }

    /** From 0 to n - 1, the hottest first. */
    public int draw(RandomGenerator random) {
        int found = Arrays.binarySearch(cumulated, random.nextDouble());
        return found >= 0 ? found + 1 : -found - 1;
    }
}
