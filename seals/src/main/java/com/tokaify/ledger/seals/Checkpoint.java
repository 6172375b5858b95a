package com.tokaify.ledger.seals;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the log was at a size, as c2sp.org/tlog-checkpoint has it; without lines of extension, since
 * nobody could audit them.
 *
 * @param origin which log
 * @param size its leaves
 */
public record Checkpoint(String origin, long size, Hash root) {
    private static final Pattern TEXT = Pattern.compile("([^\n]+)\n(0|[1-9]\\d{0,17})\n([^\n]+)\n");

    /**
     * @throws IllegalArgumentException where the text is no checkpoint
     */
    public static Checkpoint parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no checkpoint: '" + text + "'");
        }
        return new Checkpoint(
                matcher.group(1), Long.parseLong(matcher.group(2)), Hash.parse(matcher.group(3)));
    }

    /** The text that is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + root + "\n";
    }
}
