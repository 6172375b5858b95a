package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.benchmarks.Contestant.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Results measured in turn with each other, the product's set against the floors'. */
record Comparison(List<Result> results) {

    Comparison {
        results = List.copyOf(results);
    }

    /** How many times as fast as the floor of as many clients, or the fastest of that kind. */
    OptionalDouble ratio(Result result, Kind floor) {
        if (result.contestant().kind() != Kind.PRODUCT) {
            return OptionalDouble.empty();
        }
        int callers = result.contestant().callers().size();
        return results.stream()
                .filter(each -> each.contestant().kind() == floor)
                .max(
                        Comparator.comparing((Result each) ->
                                        each.contestant().callers().size() == callers)
                                .thenComparingDouble(Result::perSecond))
                .map(each -> OptionalDouble.of(result.perSecond() / each.perSecond()))
                .orElseGet(OptionalDouble::empty);
    }

    Table table() {
        Table table =
                new Table(
                        "what",
                        "callers",
                        "per second",
                        "range",
                        "× INSERT",
                        "× COPY",
                        "CPU µs",
                        "p50 ms",
                        "p99 ms");
        for (Result result : results) {
            table.row(
                    result.contestant().name(),
                    Integer.toString(result.contestant().callers().size()),
                    whole(result.perSecond()),
                    whole(result.slowest()) + " – " + whole(result.fastest()),
                    times(ratio(result, Kind.INSERT_FLOOR)),
                    times(ratio(result, Kind.COPY_FLOOR)),
                    whole(result.cpuMicrosEach()),
                    millis(result.latencyMillis(50)),
                    millis(result.latencyMillis(99)));
        }
        return table;
    }

    private static String whole(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    private static String times(OptionalDouble ratio) {
        return ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "";
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.1f", millis);
    }
}
