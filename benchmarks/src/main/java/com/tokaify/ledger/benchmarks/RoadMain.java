package com.tokaify.ledger.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * The JVM of one road: takes orders from its standard input, a line each, and answers each with the
 * line of its {@link Measurement}. Ends with its input, and by failing where a call fails.
 *
 * <p>A JVM to each, because what the compiler has learned of one road costs another: Axon's and
 * Jackson's code is shared by product and rival, and where both call it nothing is inlined any
 * more. Together in one JVM the product took twice the processor time it takes alone.
 */
final class RoadMain {
    /** What is printed once the road is open. */
    static final String READY = "ready";

    private RoadMain() {}

    /**
     * @param arguments the {@link InProcessRoad} and the file of tokens
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err); // whatever else is printed is no answer
        TokenPopulation tokens = TokenPopulation.read(Path.of(arguments[1]));
        try (Bookkeeper road =
                        InProcessRoad.valueOf(arguments[0])
                                .open(LedgerStore.settings(System.getenv()), tokens);
                BufferedReader orders =
                        new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            answers.println(READY);
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                answers.println(measure(RoadOrder.parse(line), road, tokens).line());
            }
        }
    }

    private static Measurement measure(RoadOrder order, Bookkeeper road, TokenPopulation tokens)
            throws InterruptedException {
        List<Caller> callers =
                Collections.nCopies(order.callers(), road).stream()
                        .map(each -> Consumptions.caller(each, order.skew(), tokens, order.items()))
                        .toList();
        return new Load(callers).run(order.warmUp(), order.window());
    }
}
