package com.tokaify.ledger.query.decision;

/**
 * What may have made an instance answer otherwise than the ledger says, and no event tells.
 *
 * @param code for programs
 * @param message in plain words
 */
record NotKnown(What code, String message) {

    /** All there is of it. */
    enum What {
        SECRET(
                "Which secret the call sent. Without one it was refused with TOKEN_MISSING; with a"
                        + " wrong one, or one rotated away, with TOKEN_NOT_FOUND."),
        LAG(
                "How far the instance was behind the ledger: it may have judged by the state of"
                        + " moments earlier. One that was not ready, or had heard nothing for too"
                        + " long, answered VIEW_NOT_READY."),
        UNITS_IN_FLIGHT(
                "Units in flight: what was reserved at the instance, or used and not booked yet,"
                        + " counted as spent there."),
        RATE(
                "The token's rate limits: each instance counts its own minute, and may have answered"
                        + " RATE_LIMITED.");

        private final String message;

        What(String message) {
            this.message = message;
        }
    }

    static NotKnown of(What what) {
        return new NotKnown(what, what.message);
    }
}
