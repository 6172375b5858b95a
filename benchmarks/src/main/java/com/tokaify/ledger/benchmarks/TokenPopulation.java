package com.tokaify.ledger.benchmarks;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import com.tokaify.ledger.events.id.TokenId;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The ids of all tokens of a ledger, and a lottery among them. Thread-safe. */
final class TokenPopulation {
    private final List<TokenId> ids;
    private final Zipf zipf;

    /** As many new ids, time-ordered as command-service makes them. */
    TokenPopulation(int size) {
        NoArgGenerator uuids = Generators.timeBasedEpochGenerator();
        this.ids = IntStream.range(0, size).mapToObj(_ -> new TokenId(uuids.generate())).toList();
        this.zipf = new Zipf(size);
    }

    List<TokenId> ids() {
        return ids;
    }

    /** The token of the next consumption. */
    TokenId draw(Skew skew, RandomGenerator random) {
        return switch (skew) {
            case ZIPF -> ids.get(zipf.draw(random));
            // The last is the coldest by Zipf's law: it has its share from being hot alone.
            case HOT_TOKEN ->
                    random.nextDouble() < Skew.HOT_SHARE
                            ? ids.getLast()
                            : ids.get(zipf.draw(random));
        };
    }
}
