package com.tokaify.ledger.enforcement.view;

/**
 * The switches of a token.
 *
 * @param expired the ledger has said so; the clock may say so earlier
 */
public record Standing(boolean enabled, boolean expired, boolean deleted) {
    static final Standing NEW = new Standing(true, false, false);

    Standing withEnabled(boolean value) {
        return new Standing(value, expired, deleted);
    }

    Standing withExpired(boolean value) {
        return new Standing(enabled, value, deleted);
    }

    Standing withDeleted() {
        return new Standing(enabled, expired, true);
    }
}
