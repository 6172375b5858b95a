package com.tokaify.ledger.audit.fold;

/**
 * The limit of one model within a token, and what counts under it.
 *
 * @param quotaLimit units
 * @param consumed units, never below zero
 */
public record ModelUse(String model, long quotaLimit, long consumed) {

    long left() {
        return Math.max(0, quotaLimit - consumed);
    }

    ModelUse anew() {
        return new ModelUse(model, quotaLimit, 0);
    }

    /** What is given back may be usage from before the model had a limit, which never counted. */
    ModelUse plus(long units) {
        return new ModelUse(model, quotaLimit, Math.max(0, consumed + units));
    }
}
