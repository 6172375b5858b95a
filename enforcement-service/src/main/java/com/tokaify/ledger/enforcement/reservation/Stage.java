package com.tokaify.ledger.enforcement.reservation;

/**
 * Where a reservation is in its life, as this instance knows it. All changes are here and pure.
 * What a call has cost is booked at any stage: it has happened. It is booked once, so once settled
 * the amount stands.
 */
sealed interface Stage {

    /** Its units count as spent. */
    record Held() implements Stage {}

    /**
     * @param amount what the call has cost, be it more than was reserved
     * @param was the stage before, as told to the gateway
     */
    record Settled(long amount, Was was) implements Stage {}

    record Released() implements Stage {}

    /** Nobody settled or released it in time. */
    record Expired() implements Stage {}

    /** Nothing is known here: another instance made it, or this one before a restart. */
    record Elsewhere() implements Stage {}

    /** What a settlement came upon. Names are for programs and never change. */
    enum Was {
        HELD,
        RELEASED,
        EXPIRED,
        ELSEWHERE
    }

    /** The reservation has cost something else than is said now, or something where nothing is. */
    final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final long settledAmount;

        Conflict(long settledAmount) {
            super("it is settled with " + settledAmount + " units");
            this.settledAmount = settledAmount;
        }

        long settledAmount() {
            return settledAmount;
        }
    }

    /**
     * @throws Conflict where it is settled with another amount
     */
    default Settled settle(long amount) {
        return switch (this) {
            case Held _ -> new Settled(amount, Was.HELD);
            case Released _ -> new Settled(amount, Was.RELEASED);
            case Expired _ -> new Settled(amount, Was.EXPIRED);
            case Elsewhere _ -> new Settled(amount, Was.ELSEWHERE);
            case Settled settled -> {
                if (settled.amount() != amount) {
                    throw new Conflict(settled.amount());
                }
                yield settled;
            }
        };
    }

    /**
     * @throws Conflict where it is settled
     */
    default Stage release() {
        return switch (this) {
            case Held _ -> new Released();
            case Released _, Expired _, Elsewhere _ -> this;
            case Settled settled -> throw new Conflict(settled.amount());
        };
    }

    default Stage expire() {
        return switch (this) {
            case Held _ -> new Expired();
            case Released _, Expired _, Elsewhere _, Settled _ -> this;
        };
    }

    /** For programs; never changes. */
    default String code() {
        return switch (this) {
            case Held _ -> "HELD";
            case Settled _ -> "SETTLED";
            case Released _ -> "RELEASED";
            case Expired _ -> "EXPIRED";
            case Elsewhere _ -> "ELSEWHERE";
        };
    }
}
