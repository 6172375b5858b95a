package com.tokaify.ledger.query.token;

import com.tokaify.ledger.events.ModelQuota;

/**
 * A limit of one model within a token, and what counts under it.
 *
 * @param quotaLimit units
 * @param consumed units, refunds subtracted, never below zero
 */
public record ModelUse(String model, long quotaLimit, long consumed) {

    static ModelUse none(ModelQuota quota) {
        return new ModelUse(quota.model(), quota.quotaLimit(), 0);
    }

    ModelUse anew() {
        return new ModelUse(model, quotaLimit, 0);
    }

    ModelUse under(ModelQuota quota) {
        return new ModelUse(model, quota.quotaLimit(), consumed);
    }

    /** A refund may be of usage from before the model had a limit; that never counted. */
    ModelUse plus(long units) {
        return new ModelUse(model, quotaLimit, Math.max(0, consumed + units));
    }
}
