package com.tokaify.ledger.query.usage;

/**
 * What was used and what was given back. Sums are exact: an overflow is an error.
 *
 * @param calls usages booked
 * @param consumed units of those
 * @param refunds usages given back, whenever they had been booked
 * @param refunded units of those
 */
public record UsageSums(long calls, long consumed, long refunds, long refunded) {
    public static final UsageSums NONE = new UsageSums(0, 0, 0, 0);

    public static UsageSums consumption(long amount) {
        return new UsageSums(1, amount, 0, 0);
    }

    public static UsageSums refund(long amount) {
        return new UsageSums(0, 0, 1, amount);
    }

    public UsageSums plus(UsageSums other) {
        return new UsageSums(
                Math.addExact(calls, other.calls),
                Math.addExact(consumed, other.consumed),
                Math.addExact(refunds, other.refunds),
                Math.addExact(refunded, other.refunded));
    }
}
