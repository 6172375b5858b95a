package com.tokaify.ledger.events;

/**
 * A value that breaks a rule of the contract. Carries the name of the field and the rule in plain
 * words, so that the edge can tell the caller exactly what to change.
 */
public final class InvalidField extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** As long as the longest text of an address; a key is longer. */
    private static final int LONGEST_REPEATED = 45;

    private final String field;
    private final String rule;

    /**
     * @param field the field as callers write it, e.g. {@code ipAllowlist[2]}
     * @param rule what must hold, as the rest of a sentence that begins with the field, e.g. {@code
     *     must be positive}
     */
    public InvalidField(String field, String rule) {
        super(field + " " + rule);
        this.field = field;
        this.rule = rule;
    }

    /**
     * The end of a rule that repeats what was given; nothing where that is so long that it may be a
     * secret, pasted into the wrong field.
     */
    public static String butNot(String given) {
        return given.length() > LONGEST_REPEATED ? "" : ", not '" + given + "'";
    }

    public String field() {
        return field;
    }

    public String rule() {
        return rule;
    }
}
