package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.benchmarks.Contestant.Kind;
import com.tokaify.ledger.events.id.TokenId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The load: consumptions of tokens by Zipf's law, one a call or many. */
final class Consumptions {
    private static final int WARMING_BULK = 1_000;

    private Consumptions() {}

    /**
     * The product in every shape.
     *
     * @param road what all of them go through, for their names
     * @param bookkeepers one for each caller, as many as the largest shape has
     */
    static List<Contestant> contestants(
            String road, List<? extends Bookkeeper> bookkeepers, TokenPopulation tokens) {
        return Arrays.stream(Shape.values())
                .map(shape ->
                        new Contestant(
                                road + ", " + shape.title(),
                                Kind.PRODUCT,
                                bookkeepers.subList(0, shape.callers()).stream()
                                        .map(each -> caller(each, tokens, shape.items()))
                                        .toList()))
                .toList();
    }

    private static Caller caller(Bookkeeper bookkeeper, TokenPopulation tokens, int items) {
        RandomGenerator random = new SplittableRandom();
        return () -> {
            List<Usage> usages = new ArrayList<>(items);
            for (int i = 0; i < items; i++) {
                usages.add(Usage.of(tokens.draw(random), random));
            }
            bookkeeper.book(usages);
            return items;
        };
    }

    /**
     * One consumption of each token, so that no measurement begins with aggregates that have to be
     * read first.
     *
     * @return how many were booked
     */
    static int touchAll(Bookkeeper bookkeeper, TokenPopulation tokens) throws Exception {
        RandomGenerator random = new SplittableRandom();
        List<TokenId> ids = tokens.ids();
        for (int from = 0; from < ids.size(); from += WARMING_BULK) {
            List<Usage> usages = new ArrayList<>(WARMING_BULK);
            for (TokenId id : ids.subList(from, Math.min(ids.size(), from + WARMING_BULK))) {
                usages.add(Usage.of(id, random));
            }
            bookkeeper.book(usages);
        }
        return ids.size();
    }
}
