package com.tokaify.ledger.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ZipfTest {
    /** The n-th is drawn an n-th as often as the first, and nothing outside is drawn. */
    @Test
    void drawsByTheLaw() {
        int draws = 1_000_000;
        int[] drawn = new int[100];
        Zipf zipf = new Zipf(drawn.length);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < draws; i++) {
            drawn[zipf.draw(random)]++;
        }
        assertThat(drawn[0] / (double) drawn[1]).isCloseTo(2, within(0.1));
        assertThat(drawn[0] / (double) drawn[9]).isCloseTo(10, within(0.5));
        assertThat(drawn[0] / (double) drawn[99]).isCloseTo(100, within(10.0));
    }

    /** A ledger of one token can be measured too. */
    @Test
    void drawsTheOnlyOne() {
        assertThat(new Zipf(1).draw(new SplittableRandom(1))).isZero();
    }
}
