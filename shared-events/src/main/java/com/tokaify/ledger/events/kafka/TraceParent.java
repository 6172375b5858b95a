package com.tokaify.ledger.events.kafka;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a trace that somebody records: {@code traceparent} of W3C Trace Context with its flag
 * "sampled". What is not recorded has no place, so there is nothing to be kept of it.
 *
 * @param traceId 32 hexadecimal digits, the same for all that belongs to the trace
 * @param spanId 16 hexadecimal digits: what caused that which bears this
 */
public record TraceParent(String traceId, String spanId) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(?<version>[0-9a-f]{2})-(?<trace>[0-9a-f]{32})-(?<span>[0-9a-f]{16})"
                            + "-[0-9a-f](?<flags>[0-9a-f])(?<later>-.*)?");
    private static final String VERSION = "00";
    private static final String NO_VERSION = "ff";
    private static final String FLAGS = "01";
    private static final Pattern NO_ID = Pattern.compile("0+");
    private static final int HEXADECIMAL = 16;
    private static final int SAMPLED = 1;

    /**
     * Empty where the text is malformed, which is nobody's reason to stop, or where the trace is
     * not recorded. A later version may say more behind it; what it says here is the same.
     */
    public static Optional<TraceParent> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()
                || parts.group("version").equals(NO_VERSION)
                || (parts.group("version").equals(VERSION) && parts.group("later") != null)
                || NO_ID.matcher(parts.group("trace")).matches()
                || NO_ID.matcher(parts.group("span")).matches()
                || (Integer.parseInt(parts.group("flags"), HEXADECIMAL) & SAMPLED) == 0) {
            return Optional.empty();
        }
        return Optional.of(new TraceParent(parts.group("trace"), parts.group("span")));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return VERSION + "-" + traceId + "-" + spanId + "-" + FLAGS;
    }
}
