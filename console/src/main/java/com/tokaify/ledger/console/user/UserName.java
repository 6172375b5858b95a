package com.tokaify.ledger.console.user;

import com.tokaify.ledger.events.InvalidField;
import java.util.Locale;
import java.util.regex.Pattern;

/** What somebody signs in with; upper and lower case are the same. */
public record UserName(String text) {
    public static final int LONGEST = 64;

    private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{N}._@+-]{1," + LONGEST + "}");

    public UserName {
        text = text.strip();
        if (!TEXT.matcher(text).matches()) {
            throw new InvalidField("name", "must have 1 to 64 letters, digits or any of . _ @ + -");
        }
    }

    /** By which it is found. */
    public String key() {
        return text.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text;
    }
}
