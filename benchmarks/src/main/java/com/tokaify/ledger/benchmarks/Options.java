package com.tokaify.ledger.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param quick whether the figures do not matter, only that they can be taken
 * @param tokens in the ledger; which of them a consumption is of follows Zipf's law
 * @param rounds how often each contestant is measured, in turn with the others
 * @param warmUpWindows at most so many before the first round, where a contestant does not become
 *     steady before
 * @param warmUp load before each measurement that is not counted
 * @param settle the same where a checkpoint went before: PostgreSQL logs a page whole that is
 *     touched for the first time after it, which is no cost of the minutes that follow
 * @param window how long each measurement lasts
 * @param events of the backlog that views are made of, of the history that is read, or that are
 *     exported or replayed
 * @param backlog usage reports written to Kafka for one measurement, where usage is booked
 * @param seals whether the service that is measured seals what it records
 * @param services the folder of the services' executable jars
 * @param markdown the file the report is written to as well
 */
public record Options(
        boolean quick,
        int tokens,
        int rounds,
        int warmUpWindows,
        Duration warmUp,
        Duration settle,
        Duration window,
        int events,
        int backlog,
        boolean seals,
        Path services,
        Optional<Path> markdown) {
    static final String USAGE =
            "usage: bench write|enforce|project|read|export|audit|seal [--quick] [--tokens N] [--events N] [--rounds N] [--seconds N] [--no-seals] [--services DIR] [--markdown FILE]";

    private static final String NO_SEALS = "--no-seals";
    private static final int TOKENS_MAX = 10_000_000;
    private static final int EVENTS_MAX = 100_000_000;
    private static final int ROUNDS_MAX = 100;
    private static final int SECONDS_MAX = 600;

    /** A command line that asks for something else; the message is for a person. */
    public static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(String what) {
            super(what + "\n" + USAGE);
        }
    }

    /**
     * @param services where the jars lie if nothing else is said
     * @throws Unusable where the line asks for something else
     */
    public static Options parse(List<String> arguments, Path services) {
        boolean quick = arguments.contains("--quick");
        int tokens = quick ? 2_000 : 1_000_000;
        int rounds = quick ? 1 : 3;
        int warmUpWindows = quick ? 1 : 20;
        Duration warmUp = quick ? Duration.ofMillis(100) : Duration.ofMillis(500);
        Duration settle = quick ? warmUp : Duration.ofSeconds(5);
        Duration window = quick ? Duration.ofMillis(300) : Duration.ofSeconds(2);
        int events = quick ? 20_000 : 5_000_000;
        int backlog = quick ? 2_000 : 150_000;
        Path jars = services;
        Optional<Path> markdown = Optional.empty();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--quick", NO_SEALS -> {}
                case "--tokens" -> tokens = number(option, rest, TOKENS_MAX);
                case "--events" -> events = number(option, rest, EVENTS_MAX);
                case "--rounds" -> rounds = number(option, rest, ROUNDS_MAX);
                case "--seconds" -> window = Duration.ofSeconds(number(option, rest, SECONDS_MAX));
                case "--services" -> jars = Path.of(value(option, rest));
                case "--markdown" -> markdown = Optional.of(Path.of(value(option, rest)));
                case String unknown -> throw new Unusable("unknown option '" + unknown + "'");
            }
        }
        return new Options(
                quick,
                tokens,
                rounds,
                warmUpWindows,
                warmUp,
                settle,
                window,
                events,
                backlog,
                !arguments.contains(NO_SEALS),
                jars,
                markdown);
    }

    /**
     * A service's executable jar.
     *
     * @throws Unusable where it is missing
     */
    public Path jar(String service) {
        Path jar = services.resolve(service + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new Unusable(jar + " is missing: build first, or name another --services");
        }
        return jar;
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new Unusable(option + " needs a value");
        }
        return rest.next();
    }

    private static int number(String option, Iterator<String> rest, int max) {
        String value = value(option, rest);
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number out of bounds
        }
        throw new Unusable(option + " must be 1 to " + max + ", not '" + value + "'");
    }
}
