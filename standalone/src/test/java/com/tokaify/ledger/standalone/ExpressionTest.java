package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.standalone.Expression.Selector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A check of expressions that overlooks a metric would pass whatever that is called. */
class ExpressionTest {
    /**
     * Functions, groupings, ranges and numbers are no metrics; everything else that is named is.
     */
    @Test
    void allMetricsAreFoundAndNothingElse() {
        Expression quantile =
                Expression.of(
                        "histogram_quantile(0.99, sum by (le, job) (rate(a_bucket[5m]))) > 0.25");
        assertThat(quantile.asked()).containsExactly(new Selector("a_bucket", Map.of()));
        assertThat(quantile.groupings()).containsExactlyInAnyOrder("le", "job");

        assertThat(
                        Expression.of(
                                        "sum(rate(a_total{x=\"1\", y=~\"2|3\"}[1m])) / sum(b{job=\"q\"}) > 0 and c")
                                .asked())
                .containsExactly(
                        new Selector("a_total", Map.of("x", List.of("1"), "y", List.of("2", "3"))),
                        new Selector("b", Map.of("job", List.of("q"))),
                        new Selector("c", Map.of()));
    }
}
