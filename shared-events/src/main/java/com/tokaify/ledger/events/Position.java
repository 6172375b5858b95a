package com.tokaify.ledger.events;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an event stands in the ledger: its partition and its dense place there, counted from 1
 * without gaps in commit order. As text {@code <partition>:<pseq>}, which is also the {@code
 * Ledger-Position} header.
 */
public record Position(int partition, long pseq) {
    /** The HTTP header that carries a position. */
    public static final String HEADER = "Ledger-Position";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,5}):(\\d{1,18})");

    public Position {
        if (partition < 0 || pseq < 0) {
            throw new InvalidField(HEADER, "must not be negative");
        }
    }

    public static Position parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidField(HEADER, "must be <partition>:<pseq>, e.g. 17:4711");
        }
        return new Position(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public String toString() {
        return partition + ":" + pseq;
    }
}
