package com.tokaify.ledger.events.rules;

import com.tokaify.ledger.events.net.IpRange;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the rules judge by: a call, and the token and the account at the instant of it. Asked
 * field by field, so that whoever keeps millions of tokens packed need not unpack one.
 */
public interface RuleFacts {

    Check check();

    boolean deleted();

    boolean enabled();

    /** By the clock, or because the ledger has said so. */
    boolean expired();

    /** Null is never. */
    @Nullable Instant expiresAt();

    /** The only addresses the token may be used from; null is any. */
    @Nullable List<IpRange> sources();

    /** The only models the token may use; null is any. */
    @Nullable Collection<String> models();

    boolean suspended();

    /** Units the account has left; may be negative. */
    long balance();

    /** Units left under the token's own limit, never negative; null is unlimited. */
    @Nullable Long remainingOfToken();

    /** Units left under the limit of the call's model, never negative; null is unlimited. */
    @Nullable Long remainingOfModel();

    /** Units left for the call: under the token's own limit, or the model's where fewer are. */
    default @Nullable Long remaining() {
        Long ofToken = remainingOfToken();
        Long ofModel = remainingOfModel();
        if (ofToken == null || ofModel == null) {
            return ofToken == null ? ofModel : ofToken;
        }
        return Math.min(ofToken, ofModel);
    }

    /** Whether what counts under the limits begins anew now and then. */
    boolean inPeriods();
}
