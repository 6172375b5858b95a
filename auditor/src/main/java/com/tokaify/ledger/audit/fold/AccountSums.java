package com.tokaify.ledger.audit.fold;

/**
 * What moved an account's balance. Exact: an overflow is an error and never a wrong balance.
 *
 * @param consumed units its tokens have consumed, refunds subtracted
 */
public record AccountSums(long credited, long adjusted, long consumed) {
    public static final AccountSums ZERO = new AccountSums(0, 0, 0);

    public AccountSums plus(AccountSums other) {
        return new AccountSums(
                Math.addExact(credited, other.credited),
                Math.addExact(adjusted, other.adjusted),
                Math.addExact(consumed, other.consumed));
    }

    public long balance() {
        return Math.subtractExact(Math.addExact(credited, adjusted), consumed);
    }
}
