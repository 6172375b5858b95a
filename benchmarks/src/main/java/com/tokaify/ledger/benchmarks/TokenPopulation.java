package com.tokaify.ledger.benchmarks;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import com.tokaify.ledger.events.id.TokenId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The ids of all tokens of a ledger, and a lottery among them. Thread-safe. */
final class TokenPopulation {
    private final List<TokenId> ids;
    private final Zipf zipf;

    private TokenPopulation(List<TokenId> ids) {
        this.ids = ids;
        this.zipf = new Zipf(ids.size());
    }

    /** As many new ids, time-ordered as command-service makes them. */
    TokenPopulation(int size) {
        this(generate(size));
    }

    private static List<TokenId> generate(int size) {
        NoArgGenerator uuids = Generators.timeBasedEpochGenerator();
        return IntStream.range(0, size).mapToObj(_ -> new TokenId(uuids.generate())).toList();
    }

    /** The tokens another JVM has written down. */
    static TokenPopulation read(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return new TokenPopulation(lines.map(TokenId::parse).toList());
        }
    }

    void write(Path file) throws IOException {
        Files.write(file, ids.stream().map(TokenId::toString).toList());
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
