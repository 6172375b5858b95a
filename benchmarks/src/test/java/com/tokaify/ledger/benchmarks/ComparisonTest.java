package com.tokaify.ledger.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.benchmarks.Contestant.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static Result result(Kind kind, int callers, long... rates) {
        List<Measurement> rounds =
                Arrays.stream(rates)
                        .mapToObj(rate -> new Measurement(rate, 1, 1, Load.histogram()))
                        .toList();
        return new Result(
                new Contestant("a name", kind, Collections.nCopies(callers, () -> 1)), rounds);
    }

    private static final Result SINGLE = result(Kind.PRODUCT, 64, 500, 400, 900);
    private static final Result BULK = result(Kind.PRODUCT, 4, 4_000);
    private static final Comparison COMPARISON =
            new Comparison(
                    List.of(
                            SINGLE,
                            BULK,
                            result(Kind.INSERT_FLOOR, 64, 100),
                            result(Kind.INSERT_FLOOR, 256, 200),
                            result(Kind.COPY_FLOOR, 1, 1_000)));

    /** One lucky or unlucky round does not make the figure. */
    @Test
    void tellsTheMedianAndTheRange() {
        assertThat(SINGLE.perSecond()).isEqualTo(500);
        assertThat(SINGLE.slowest()).isEqualTo(400);
        assertThat(SINGLE.fastest()).isEqualTo(900);
    }

    /** Like is compared with like: as many callers with as many clients. */
    @Test
    void comparesWithTheFloorOfAsManyClients() {
        assertThat(COMPARISON.ratio(SINGLE, Kind.INSERT_FLOOR)).hasValue(5);
    }

    /** Where no floor has as many clients, the product does not look better than it is. */
    @Test
    void comparesBulksWithTheFastestFloor() {
        assertThat(COMPARISON.ratio(BULK, Kind.INSERT_FLOOR)).hasValue(20);
        assertThat(COMPARISON.ratio(BULK, Kind.COPY_FLOOR)).hasValue(4);
    }

    /** A floor is the measure, not measured. */
    @Test
    void doesNotCompareFloors() {
        Result floor = COMPARISON.results().getLast();
        assertThat(COMPARISON.ratio(floor, Kind.INSERT_FLOOR)).isEmpty();
    }
}
