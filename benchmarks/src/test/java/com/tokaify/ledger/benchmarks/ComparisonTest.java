package com.tokaify.ledger.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.benchmarks.Contestant.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static Result result(Kind kind, Skew skew, int callers, long... rates) {
        List<Measurement> rounds =
                Arrays.stream(rates)
                        .mapToObj(rate -> new Measurement(rate, rate, 1, 1, Load.histogram()))
                        .toList();
        List<Caller> all = Collections.nCopies(callers, () -> 1);
        return new Result(Contestant.of("a name", skew, kind, all), rounds);
    }

    private static final Result SINGLE = result(Kind.PRODUCT, Skew.ZIPF, 64, 500, 400, 900);
    private static final Result HOT = result(Kind.PRODUCT, Skew.HOT_TOKEN, 64, 600);
    private static final Result BULK = result(Kind.PRODUCT, Skew.ZIPF, 4, 4_000);
    private static final Comparison COMPARISON =
            new Comparison(
                    List.of(Kind.TODAY, Kind.COPY_FLOOR, Kind.NO_OP),
                    List.of(
                            SINGLE,
                            HOT,
                            BULK,
                            result(Kind.TODAY, Skew.ZIPF, 64, 100),
                            result(Kind.TODAY, Skew.ZIPF, 256, 200),
                            result(Kind.TODAY, Skew.HOT_TOKEN, 64, 30),
                            result(Kind.NO_OP, Skew.ZIPF, 64, 1_000),
                            result(Kind.COPY_FLOOR, Skew.ZIPF, 1, 1_000)));

    /** One lucky or unlucky round does not make the figure. */
    @Test
    void tellsTheMedianAndTheRange() {
        assertThat(SINGLE.perSecond()).isEqualTo(500);
        assertThat(SINGLE.slowest()).isEqualTo(400);
        assertThat(SINGLE.fastest()).isEqualTo(900);
    }

    /** Like is compared with like: as many callers with as many, a hot token with a hot token. */
    @Test
    void comparesWithTheSameLoad() {
        assertThat(COMPARISON.ratio(SINGLE, Kind.TODAY)).hasValue(5);
        assertThat(COMPARISON.ratio(HOT, Kind.TODAY)).hasValue(20);
    }

    /**
     * Where nobody was measured under the same load, the product does not look better than it is.
     */
    @Test
    void comparesOtherwiseWithTheFastest() {
        assertThat(COMPARISON.ratio(BULK, Kind.TODAY)).hasValue(20);
        assertThat(COMPARISON.ratio(BULK, Kind.COPY_FLOOR)).hasValue(4);
        assertThat(COMPARISON.ratio(HOT, Kind.COPY_FLOOR)).hasValue(0.6);
    }

    /** A call that does nothing is no measure of a call that books a thousand. */
    @Test
    void comparesNoBulkWithTheNoOp() {
        assertThat(COMPARISON.ratio(SINGLE, Kind.NO_OP)).hasValue(0.5);
        assertThat(COMPARISON.ratio(BULK, Kind.NO_OP)).isEmpty();
    }

    /** A rival is the measure, not measured. */
    @Test
    void doesNotCompareRivals() {
        Result floor = COMPARISON.results().getLast();
        assertThat(COMPARISON.ratio(floor, Kind.TODAY)).isEmpty();
    }

    /** A rival is told as so many times, a limit as the share that was reached. */
    @Test
    void tellsRivalsAndLimits() {
        assertThat(COMPARISON.table().toString())
                .containsPattern("tokens .* × today \\| of COPY \\| of no-op \\| CPU µs")
                .containsPattern("hot token \\| +64 \\| +600 .* 20\\.0 \\| +60 % \\| +60 % \\|");
    }
}
