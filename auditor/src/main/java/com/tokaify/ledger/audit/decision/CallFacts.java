package com.tokaify.ledger.audit.decision;

import com.tokaify.ledger.audit.fold.ModelUse;
import com.tokaify.ledger.audit.fold.TokenFacts;
import com.tokaify.ledger.audit.fold.Usage;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.events.rules.RuleFacts;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rules judge by: a call, and the token and its account at the instant of it. */
record CallFacts(TokenFacts token, boolean deleted, AccountThen account, Check check, Instant at)
        implements RuleFacts {

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
    public @Nullable Collection<String> models() {
        return restrictions().models();
    }

    @Override
    public boolean suspended() {
        return account.suspended();
    }

    @Override
    public long balance() {
        return account.sums().balance();
    }

    @Override
    public @Nullable Long remainingOfToken() {
        Long limit = restrictions().quotaLimit();
        return limit == null ? null : (Long) Math.max(0, limit - usage().counted(at));
    }

    @Override
    public @Nullable Long remainingOfModel() {
        ModelUse use = check.model() == null ? null : usage().of(check.model());
        if (use == null) {
            return null;
        }
        return Math.max(0, use.quotaLimit() - (usage().isPeriodOver(at) ? 0 : use.consumed()));
    }

    @Override
    public boolean inPeriods() {
        return usage().endsAt() != null;
    }

    private Restrictions restrictions() {
        return token.settings().restrictions();
    }

    private Usage usage() {
        return token.usage();
    }
}
