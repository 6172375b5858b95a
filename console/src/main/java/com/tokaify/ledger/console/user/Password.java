package com.tokaify.ledger.console.user;

import com.tokaify.ledger.events.InvalidField;
import java.util.Locale;

/**
 * A password somebody has chosen: long enough, and not made of their name. No other rule: those
 * make passwords that are hard to remember and easy to guess. Length is counted in characters as
 * people see them in most scripts, code points.
 */
public record Password(String text) {
    public static final int SHORTEST = 12;

    /** A limit on what is hashed. */
    public static final int LONGEST = 200;

    /**
     * @param field the field it came in, for the error
     */
    static Password chosen(String field, String text, UserName name) {
        int length = text.codePointCount(0, text.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new InvalidField(
                    field, "must have " + SHORTEST + " to " + LONGEST + " characters");
        }
        String rest = text.toLowerCase(Locale.ROOT).replace(name.key(), "");
        if (rest.length() < text.length() && rest.length() < SHORTEST / 2) {
            throw new InvalidField(field, "must not be made of the name");
        }
        return new Password(text);
    }

    @Override
    public String toString() {
        return "[hidden]";
    }
}
