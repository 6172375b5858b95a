package com.tokaify.ledger.query.decision;

import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.events.rules.RuleFacts;
import com.tokaify.ledger.query.account.AccountMoment;
import com.tokaify.ledger.query.token.Counting;
import com.tokaify.ledger.query.token.ModelUse;
import com.tokaify.ledger.query.token.TokenState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules judge by, taken from history.
 *
 * @param account null where nothing was known of it then, and nothing spoke against it
 */
record FactsThen(TokenState token, @Nullable AccountMoment account, Check check, Instant at)
        implements RuleFacts {

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
        Instant expiresAt = expiresAt();
        return token.standing().expired() || (expiresAt != null && !at.isBefore(expiresAt));
    }

    @Override
    public @Nullable Instant expiresAt() {
        return restrictions().expiresAt();
    }

    @Override
    public @Nullable List<IpRange> sources() {
        return restrictions().ipAllowlist();
    }

    @Override
    public @Nullable List<String> models() {
        return restrictions().models();
    }

    @Override
    public boolean suspended() {
        return account != null && account.state().suspended();
    }

    @Override
    public long balance() {
        return account == null ? 0 : account.totals().balance();
    }

    @Override
    public @Nullable Long remainingOfToken() {
        Long limit = restrictions().quotaLimit();
        return limit == null ? null : left(limit, counting().counted(token.usage().total(), at));
    }

    @Override
    public @Nullable Long remainingOfModel() {
        String model = check.model();
        ModelUse use = model == null ? null : counting().counted(model, at);
        return use == null ? null : left(use.quotaLimit(), use.consumed());
    }

    @Override
    public boolean inPeriods() {
        return counting().endsAt() != null;
    }

    private Restrictions restrictions() {
        return token.settings().restrictions();
    }

    private Counting counting() {
        return token.usage().counting();
    }

    private static Long left(long limit, long counted) {
        return Math.max(0, limit - counted);
    }
}
