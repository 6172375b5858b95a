package com.tokaify.ledger.audit.decision;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.core.Times;
import com.tokaify.ledger.audit.fold.TokenTimeline.Step;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.ExpirationChanged;
import com.tokaify.ledger.events.TokenEvent.IpAllowlistChanged;
import com.tokaify.ledger.events.TokenEvent.ModelAccessChanged;
import com.tokaify.ledger.events.TokenEvent.ModelQuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.rules.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events that made a rule broken: who set what was in the way, and what ran into it. */
final class Causes {
    private final List<Step> steps;
    private final CallFacts facts;

    /**
     * @param steps those that had been made at the instant of the call
     */
    Causes(List<Step> steps, CallFacts facts) {
        this.steps = steps;
        this.facts = facts;
    }

    /** In the order they happened. */
    List<Cause> of(Rule broken) {
        return events(broken)
                .filter(Objects::nonNull)
                .distinct()
                .sorted(Comparator.comparing(event -> Times.parse(event.recordedAt())))
                .map(Cause::of)
                .toList();
    }

    private Stream<@Nullable LoggedEvent> events(Rule broken) {
        return switch (broken) {
            case NOT_DELETED -> Stream.of(last(TokenDeleted.class));
            case ENABLED -> Stream.of(last(TokenDisabled.class));
            case NOT_EXPIRED ->
                    Stream.of(
                            setBy(ExpirationChanged.class),
                            facts.token().standing().expired() ? last(TokenExpired.class) : null);
            case SOURCE_ALLOWED -> Stream.of(setBy(IpAllowlistChanged.class));
            case MODEL_ALLOWED -> Stream.of(setBy(ModelAccessChanged.class));
            case ACCOUNT_ACTIVE -> Stream.of(facts.account().suspension());
            case BALANCE_SUFFICIENT ->
                    Stream.of(facts.account().payment(), facts.account().usage());
            case QUOTA_SUFFICIENT ->
                    reached(
                            setBy(QuotaLimitChanged.class),
                            QuotaExhausted.class::isInstance,
                            QuotaConsumed.class::isInstance);
            case MODEL_QUOTA_SUFFICIENT ->
                    reached(
                            last(ModelQuotasChanged.class),
                            event ->
                                    event instanceof ModelQuotaExhausted said
                                            && said.model().equals(facts.check().model()),
                            event ->
                                    event instanceof QuotaConsumed consumed
                                            && Objects.equals(
                                                    consumed.model(), facts.check().model()));
        };
    }

    /**
     * The limit, and the usage that reached it with the event that says so; of a limit that was not
     * reached since it was set and the period was begun, the last usage.
     */
    private Stream<@Nullable LoggedEvent> reached(
            @Nullable LoggedEvent limit, Predicate<TokenEvent> says, Predicate<TokenEvent> uses) {
        long since = Math.max(sequence(limit), sequence(last(QuotaPeriodStarted.class)));
        LoggedEvent said = last(says, steps.size());
        if (said == null || said.sequence() <= since) {
            return Stream.of(limit, last(uses, steps.size()));
        }
        // Usage of any model may be what the event follows, but it follows one.
        return Stream.of(limit, last(QuotaConsumed.class::isInstance, (int) said.sequence()), said);
    }

    private static long sequence(@Nullable LoggedEvent event) {
        return event == null ? -1 : event.sequence();
    }

    /** The last change of a setting, or the creation that came with it. */
    private @Nullable LoggedEvent setBy(Class<? extends TokenEvent> change) {
        LoggedEvent changed = last(change);
        return changed == null ? last(TokenCreated.class) : changed;
    }

    private @Nullable LoggedEvent last(Class<? extends TokenEvent> type) {
        return last(type::isInstance, steps.size());
    }

    /** The last of the first so many. */
    private @Nullable LoggedEvent last(Predicate<TokenEvent> which, int end) {
        for (int i = end - 1; i >= 0; i--) {
            if (which.test(steps.get(i).event())) {
                return steps.get(i).logged();
            }
        }
        return null;
    }
}
