package com.tokaify.ledger.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenPopulationTest {
    private static final int DRAWS = 200_000;

    private final TokenPopulation tokens = new TokenPopulation(1_000);

    private double shareOfTheLast(Skew skew) {
        SplittableRandom random = new SplittableRandom(1);
        int drawn = 0;
        for (int i = 0; i < DRAWS; i++) {
            if (tokens.draw(skew, random).equals(tokens.ids().getLast())) {
                drawn++;
            }
        }
        return drawn / (double) DRAWS;
    }

    /** One token is as hot as it is said to be, and without that it is the coldest of all. */
    @Test
    void makesOneTokenHot() {
        assertThat(shareOfTheLast(Skew.HOT_TOKEN)).isCloseTo(Skew.HOT_SHARE, within(0.005));
        assertThat(shareOfTheLast(Skew.ZIPF)).isLessThan(0.001);
    }
}
