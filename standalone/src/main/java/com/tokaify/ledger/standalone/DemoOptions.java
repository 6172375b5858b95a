package com.tokaify.ledger.standalone;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the command line asks for: {@code demo [--rate N] [--minutes N] [--data DIR]}.
 *
 * @param rate calls a second on the average of the day
 * @param length how long the played day takes
 */
record DemoOptions(int rate, Duration length, Path data) {
    private static final String USAGE = "demo [--rate N] [--minutes N] [--data DIR]";
    private static final int RATE = 20;
    private static final int RATE_MAX = 5_000;
    private static final Duration LENGTH = Duration.ofMinutes(3);
    private static final Duration LENGTH_MAX = Duration.ofDays(1);
    private static final Pattern WHOLE = Pattern.compile("[1-9][0-9]{0,3}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,3})?");
    private static final BigDecimal MILLIS_PER_MINUTE = BigDecimal.valueOf(60_000);

    /**
     * @param defaultData where the data of the ledger lies if nothing else is said
     * @throws Refusal where the line asks for something else
     */
    static DemoOptions parse(List<String> arguments, Path defaultData) {
        int rate = RATE;
        Duration length = LENGTH;
        Path data = defaultData;
        Iterator<String> rest = arguments.iterator();
        if (!rest.hasNext() || !rest.next().equals("demo")) {
            throw new Refusal("usage: " + USAGE);
        }
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--rate" -> rate = rate(valueOf(argument, rest));
                case "--minutes" -> length = length(valueOf(argument, rest));
                case "--data" -> data = Path.of(valueOf(argument, rest));
                case String unknown ->
                        throw new Refusal("unknown option '" + unknown + "': " + USAGE);
            }
        }
        return new DemoOptions(rate, length, data.toAbsolutePath().normalize());
    }

    private static int rate(String value) {
        if (WHOLE.matcher(value).matches() && Integer.parseInt(value) <= RATE_MAX) {
            return Integer.parseInt(value);
        }
        throw new Refusal("--rate is calls a second, 1 to %d, not '%s'".formatted(RATE_MAX, value));
    }

    private static Duration length(String value) {
        if (DECIMAL.matcher(value).matches()) {
            Duration length =
                    Duration.ofMillis(
                            new BigDecimal(value).multiply(MILLIS_PER_MINUTE).longValue());
            if (length.isPositive() && length.compareTo(LENGTH_MAX) <= 0) {
                return length;
            }
        }
        throw new Refusal(
                "--minutes is how long the day takes, up to %d, not '%s'"
                        .formatted(LENGTH_MAX.toMinutes(), value));
    }

    private static String valueOf(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new Refusal(option + " needs a value: " + USAGE);
        }
        return rest.next();
    }
}
