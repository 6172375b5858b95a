package com.tokaify.ledger.enforcement.decision;

import com.tokaify.ledger.enforcement.view.AccountState;
import com.tokaify.ledger.enforcement.view.TokenState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that the rules judge by.
 *
 * @param held units that count as spent beside those of the two states
 */
public record Facts(TokenState token, AccountState account, Check check, Instant now, Held held) {

    /** With nothing in flight. */
    public Facts(TokenState token, AccountState account, Check check, Instant now) {
        this(token, account, check, now, Held.NONE);
    }

    /** Units the account has left; may be negative. */
    public long balance() {
        return account.balance() - held.ofAccount();
    }

    /** Units left under the token's own limit, never negative; null is unlimited. */
    public @Nullable Long remainingOfToken() {
        return without(held.ofToken(), token.remaining(now));
    }

    /** Units left under the limit of the call's model, never negative; null is unlimited. */
    public @Nullable Long remainingOfModel() {
        String model = check.model();
        return model == null
                ? null
                : without(held.ofModels().getOrDefault(model, 0L), token.remainingOf(model, now));
    }

    /** Units left for the call: under the token's own limit, or the model's where fewer are. */
    public @Nullable Long remaining() {
        Long ofToken = remainingOfToken();
        Long ofModel = remainingOfModel();
        if (ofToken == null || ofModel == null) {
            return ofToken == null ? ofModel : ofToken;
        }
        return Math.min(ofToken, ofModel);
    }

    private static @Nullable Long without(long held, @Nullable Long remaining) {
        return remaining == null ? null : (Long) Math.max(0, remaining - held);
    }
}
