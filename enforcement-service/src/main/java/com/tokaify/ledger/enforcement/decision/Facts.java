package com.tokaify.ledger.enforcement.decision;

import com.tokaify.ledger.enforcement.view.AccountState;
import com.tokaify.ledger.enforcement.view.TokenState;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.events.rules.RuleFacts;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that the rules judge by.
 *
 * @param held units that count as spent beside those of the two states
 */
public record Facts(TokenState token, AccountState account, Check check, Instant now, Held held)
        implements RuleFacts {

    /** With nothing in flight. */
    public Facts(TokenState token, AccountState account, Check check, Instant now) {
        this(token, account, check, now, Held.NONE);
    }

    @Override
    public boolean deleted() {
        return token.standing().deleted();
    }

    @Override
    public boolean enabled() {
        return token.standing().enabled();
    }

    @Override
    public boolean expired() {
        return token.isPastExpiry(now) || token.standing().expired();
    }

    @Override
    public @Nullable Instant expiresAt() {
        return token.expiresAt();
    }

    @Override
    public @Nullable List<IpRange> sources() {
        return token.sources();
    }

    @Override
    public @Nullable Set<String> models() {
        return token.models();
    }

    @Override
    public boolean suspended() {
        return account.suspended();
    }

    @Override
    public boolean inPeriods() {
        return token.counting().period() != null;
    }

    @Override
    public long balance() {
        return account.balance() - held.ofAccount();
    }

    @Override
    public @Nullable Long remainingOfToken() {
        return without(held.ofToken(), token.remaining(now));
    }

    @Override
    public @Nullable Long remainingOfModel() {
        String model = check.model();
        return model == null
                ? null
                : without(held.ofModels().getOrDefault(model, 0L), token.remainingOf(model, now));
    }

    private static @Nullable Long without(long held, @Nullable Long remaining) {
        return remaining == null ? null : (Long) Math.max(0, remaining - held);
    }
}
