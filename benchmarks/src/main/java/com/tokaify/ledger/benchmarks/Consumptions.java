package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.benchmarks.Contestant.Kind;
import com.tokaify.ledger.events.id.TokenId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The load: consumptions, one a call or many. */
final class Consumptions {
    private static final int BULK = 1_000;

    private Consumptions() {}

    /**
     * The product in every shape.
     *
     * @param road what all of them go through, for their names
     * @param bookkeepers one for each caller, as many as the largest shape has
     */
    static List<Contestant> contestants(
            String road,
            Skew skew,
            List<? extends Bookkeeper> bookkeepers,
            TokenPopulation tokens) {
        return Arrays.stream(Shape.values())
                .map(shape ->
                        Contestant.of(
                                road + ", " + shape.title(),
                                skew,
                                Kind.PRODUCT,
                                bookkeepers.subList(0, shape.callers()).stream()
                                        .map(each -> caller(each, skew, tokens, shape.items()))
                                        .toList()))
                .toList();
    }

    static Caller caller(Bookkeeper bookkeeper, Skew skew, TokenPopulation tokens, int items) {
        RandomGenerator random = new SplittableRandom();
        return () -> {
            List<Usage> usages = new ArrayList<>(items);
            for (int i = 0; i < items; i++) {
                usages.add(Usage.of(tokens.draw(skew, random), random));
            }
            bookkeeper.book(usages);
            return items;
        };
    }

    /**
     * One consumption of each of some tokens.
     *
     * @return how many were booked
     */
    static int touch(Bookkeeper bookkeeper, List<TokenId> ids) throws Exception {
        RandomGenerator random = new SplittableRandom();
        for (int from = 0; from < ids.size(); from += BULK) {
            List<Usage> usages = new ArrayList<>(BULK);
            for (TokenId id : ids.subList(from, Math.min(ids.size(), from + BULK))) {
                usages.add(Usage.of(id, random));
            }
            bookkeeper.book(usages);
        }
        return ids.size();
    }
}
