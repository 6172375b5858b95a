package com.tokaify.ledger.query.account;

/**
 * Sums over an account, or what a batch adds to them. Addition commutes, so partitions may come in
 * any order; it is exact, so an overflow is an error and never a wrong balance.
 *
 * @param credited units paid in
 * @param adjusted units corrected, signed
 * @param consumed units its tokens have consumed, refunds subtracted
 */
public record AccountTotals(long credited, long adjusted, long consumed) {
    public static final AccountTotals ZERO = new AccountTotals(0, 0, 0);

    public static AccountTotals credit(long amount) {
        return new AccountTotals(amount, 0, 0);
    }

    public static AccountTotals adjustment(long amount) {
        return new AccountTotals(0, amount, 0);
    }

    public static AccountTotals consumption(long amount) {
        return new AccountTotals(0, 0, amount);
    }

    public static AccountTotals refund(long amount) {
        return consumption(-amount);
    }

    public AccountTotals plus(AccountTotals other) {
        return new AccountTotals(
                Math.addExact(credited, other.credited),
                Math.addExact(adjusted, other.adjusted),
                Math.addExact(consumed, other.consumed));
    }

    public long balance() {
        return Math.subtractExact(Math.addExact(credited, adjusted), consumed);
    }
}
