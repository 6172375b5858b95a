package com.tokaify.ledger.query.web;

import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;

/** Lists in the order of their {@code name}, whatever its case, by code point. */
public final class NameOrder {
    /** What rows are compared by; indexes begin with this very expression. */
    public static final String KEY = "casefold(name COLLATE pg_unicode_fast) COLLATE \"C\"";

    /** The same of the name a cursor stands at, {@code :afterKey}. */
    public static final String AFTER_KEY =
            "casefold(:afterKey COLLATE pg_unicode_fast) COLLATE \"C\"";

    private NameOrder() {}

    /** Whether a cursor can stand at this. */
    public static boolean isName(String given) {
        try {
            return !FieldRules.name("name", given).isEmpty();
        } catch (InvalidField e) {
            return false;
        }
    }
}
