package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.benchmarks.Contestant.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Results measured in turn with each other, the product's set against the others'.
 *
 * @param rivals what there is a column for, in order
 */
public record Comparison(List<Kind> rivals, List<Result> results) {
    private static final int PERCENT = 100;
    private static final double[] PERCENTILES = {50, 99, 99.9};

    public Comparison {
        rivals = List.copyOf(rivals);
        results = List.copyOf(results);
    }

    /**
     * How many times as fast as the rival under the same skew with as many callers; where it was
     * not measured so, as the fastest of its kind, so that nothing looks better than it is.
     */
    public OptionalDouble ratio(Result result, Kind rival) {
        Contestant own = result.contestant();
        if (own.kind() != Kind.PRODUCT) {
            return OptionalDouble.empty();
        }
        return results.stream()
                .filter(each -> each.contestant().kind() == rival)
                .filter(each ->
                        !rival.sameCallersOnly() || each.contestant().callers() == own.callers())
                .max(
                        Comparator.comparing(
                                        (Result each) -> each.contestant().skew() == own.skew())
                                .thenComparing(each -> each.contestant().callers() == own.callers())
                                .thenComparingDouble(Result::perSecond))
                .map(each -> OptionalDouble.of(result.perSecond() / each.perSecond()))
                .orElseGet(OptionalDouble::empty);
    }

    public Table table() {
        List<String> titles =
                new ArrayList<>(List.of("what", "tokens", "callers", "per second", "range"));
        rivals.forEach(rival -> titles.add(rival.title()));
        titles.addAll(List.of("CPU µs", "p50 ms", "p99 ms", "p99.9 ms"));
        Table table = new Table(titles);
        for (Result result : results) {
            table.row(row(result));
        }
        return table;
    }

    private List<String> row(Result result) {
        Contestant contestant = result.contestant();
        List<String> row = new ArrayList<>();
        row.add(contestant.name());
        row.add(contestant.skew().title());
        row.add(contestant.callers() == 0 ? "" : Integer.toString(contestant.callers()));
        row.add(whole(result.perSecond()));
        row.add(whole(result.slowest()) + " – " + whole(result.fastest()));
        for (Kind rival : rivals) {
            row.add(told(ratio(result, rival), rival));
        }
        row.add(whole(result.cpuMicrosEach()));
        for (double percentile : PERCENTILES) {
            row.add(contestant.callers() == 0 ? "" : millis(result.latencyMillis(percentile)));
        }
        return row;
    }

    private static String told(OptionalDouble ratio, Kind rival) {
        if (ratio.isEmpty()) {
            return "";
        }
        return rival.isLimit()
                ? String.format(Locale.ROOT, "%.0f %%", PERCENT * ratio.getAsDouble())
                : String.format(Locale.ROOT, "%.1f", ratio.getAsDouble());
    }

    private static String whole(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.2f", millis);
    }
}
