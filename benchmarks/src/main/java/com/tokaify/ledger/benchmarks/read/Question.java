package com.tokaify.ledger.benchmarks.read;

import com.tokaify.ledger.benchmarks.Caller;
import com.tokaify.ledger.benchmarks.HttpConnection;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What a service is asked.
 *
 * @param name for people
 * @param answer what every right answer contains
 * @param path with the query; drawn anew for every call
 */
record Question(String name, String answer, Function<RandomGenerator, String> path) {
    private static final int OK = 200;

    /** One who goes on asking, on a connection of its own. */
    Caller caller(int port, long seed) throws IOException {
        HttpConnection connection = new HttpConnection(port);
        RandomGenerator random = new SplittableRandom(seed);
        return () -> {
            String asked = path.apply(random);
            HttpConnection.Answer given = connection.get(asked);
            if (given.status() != OK || !given.body().contains(answer)) {
                throw new IOException(
                        "%s was answered %d: %s".formatted(asked, given.status(), given.body()));
            }
            return 1;
        };
    }
}
