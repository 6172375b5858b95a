package com.tokaify.ledger.enforcement.view;

/**
 * The switches of a token.
 *
 * @param expired the ledger has said so; the clock may say so earlier
 */
public record Standing(boolean enabled, boolean expired, boolean deleted) {
    /** The bits that {@link #packed()} uses. */
    static final int BITS = 3;

    private static final int ENABLED = 1;
    private static final int EXPIRED = 1 << 1;
    private static final int DELETED = 1 << 2;
    private static final Standing[] ALL = new Standing[1 << BITS];

    static {
        for (int i = 0; i < ALL.length; i++) {
            ALL[i] = new Standing((i & ENABLED) != 0, (i & EXPIRED) != 0, (i & DELETED) != 0);
        }
    }

    static final Standing NEW = new Standing(true, false, false);

    /** The one object of this value. */
    static Standing of(int packed) {
        return ALL[packed];
    }

    int packed() {
        return (enabled ? ENABLED : 0) | (expired ? EXPIRED : 0) | (deleted ? DELETED : 0);
    }

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
