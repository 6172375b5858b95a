package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.decision.Decision.accept;

import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.token.SettingsCommand.ChangeSettings;
import com.tokaify.ledger.command.token.SettingsCommand.ReadSettings;
import com.tokaify.ledger.command.token.TokenState.Deleted;
import com.tokaify.ledger.command.token.TokenState.Live;
import com.tokaify.ledger.command.token.TokenState.Unborn;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.ExpirationChanged;
import com.tokaify.ledger.events.TokenEvent.IpAllowlistChanged;
import com.tokaify.ledger.events.TokenEvent.ModelAccessChanged;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.TokenGroupChanged;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a token answers about its settings: pure functions of its state and the command. */
final class SettingsDecider {
    private SettingsDecider() {}

    static Decision<TokenSettings> decide(TokenState state, ReadSettings command) {
        return switch (state) {
            case Unborn _ -> TokenDecider.unknown(command.tokenId());
            case Deleted _ -> TokenDecider.deleted(command.tokenId());
            case Live live -> accept(live.settings());
        };
    }

    static Decision<TokenSettings> decide(TokenState state, ChangeSettings command) {
        return switch (state) {
            case Unborn _ -> TokenDecider.unknown(command.tokenId());
            case Deleted _ -> TokenDecider.deleted(command.tokenId());
            case Live live -> {
                TokenSettings wanted = command.change().of(live.settings());
                List<TokenEvent> events = profileEvents(live.profile(), wanted);
                events.addAll(quotaEvents(live.quota(), wanted, command.context().at()));
                yield new Decision.Accepted<>(events, wanted);
            }
        };
    }

    private static List<TokenEvent> profileEvents(Profile now, TokenSettings wanted) {
        List<TokenEvent> events = new ArrayList<>();
        if (!now.name().equals(wanted.name())) {
            events.add(new TokenRenamed(wanted.name()));
        }
        if (!now.group().equals(wanted.group())) {
            events.add(new TokenGroupChanged(wanted.group()));
        }
        if (!Objects.equals(now.models(), wanted.models())) {
            events.add(new ModelAccessChanged(wanted.models()));
        }
        if (!Objects.equals(now.ipAllowlist(), wanted.ipAllowlist())) {
            events.add(new IpAllowlistChanged(wanted.ipAllowlist()));
        }
        if (!Objects.equals(now.expiresAt(), wanted.expiresAt())) {
            events.add(new ExpirationChanged(wanted.expiresAt()));
        }
        if (!Objects.equals(now.rateLimits(), wanted.rateLimits())) {
            events.add(new RateLimitsChanged(wanted.rateLimits()));
        }
        return events;
    }

    /**
     * What makes a quota what is wanted, the period first, so that limits are held against what
     * counts in the period of that instant; and last what has come to its end by it.
     */
    static List<TokenEvent> quotaEvents(Quota now, TokenSettings wanted, Instant at) {
        List<TokenEvent> events = new ArrayList<>();
        boolean anotherLimit = !Objects.equals(now.limit(), wanted.quotaLimit());
        boolean otherModels = !Objects.equals(now.modelQuotas(), wanted.modelQuotas());
        Quota quota = now;
        if (!Objects.equals(now.period(), wanted.quotaPeriod())) {
            events.add(new QuotaPeriodChanged(wanted.quotaPeriod()));
            quota = quota.every(wanted.quotaPeriod());
            if (wanted.quotaPeriod() != null) {
                quota = started(quota, quota.start(wanted.quotaPeriod(), at), events);
            }
        } else if (anotherLimit || otherModels) {
            QuotaPeriodStarted renewal = quota.renewal(at);
            quota = renewal == null ? quota : started(quota, renewal, events);
        }
        if (anotherLimit) {
            events.add(new QuotaLimitChanged(wanted.quotaLimit()));
            quota = quota.limited(wanted.quotaLimit());
        }
        if (otherModels) {
            events.add(new ModelQuotasChanged(wanted.modelQuotas()));
            quota = quota.limitingModels(wanted.modelQuotas());
        }
        events.addAll(quota.unsaid());
        return events;
    }

    private static Quota started(Quota quota, QuotaPeriodStarted started, List<TokenEvent> events) {
        events.add(started);
        return quota.started(started);
    }
}
