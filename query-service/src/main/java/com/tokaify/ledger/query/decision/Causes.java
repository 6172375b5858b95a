package com.tokaify.ledger.query.decision;

import static com.tokaify.ledger.events.codec.EventType.ACCOUNT_SUSPENDED;
import static com.tokaify.ledger.events.codec.EventType.BALANCE_ADJUSTED;
import static com.tokaify.ledger.events.codec.EventType.BALANCE_CREDITED;
import static com.tokaify.ledger.events.codec.EventType.EXPIRATION_CHANGED;
import static com.tokaify.ledger.events.codec.EventType.IP_ALLOWLIST_CHANGED;
import static com.tokaify.ledger.events.codec.EventType.MODEL_ACCESS_CHANGED;
import static com.tokaify.ledger.events.codec.EventType.MODEL_QUOTAS_CHANGED;
import static com.tokaify.ledger.events.codec.EventType.MODEL_QUOTA_EXHAUSTED;
import static com.tokaify.ledger.events.codec.EventType.QUOTA_CONSUMED;
import static com.tokaify.ledger.events.codec.EventType.QUOTA_EXHAUSTED;
import static com.tokaify.ledger.events.codec.EventType.QUOTA_LIMIT_CHANGED;
import static com.tokaify.ledger.events.codec.EventType.QUOTA_PERIOD_STARTED;
import static com.tokaify.ledger.events.codec.EventType.TOKEN_CREATED;
import static com.tokaify.ledger.events.codec.EventType.TOKEN_DELETED;
import static com.tokaify.ledger.events.codec.EventType.TOKEN_DISABLED;
import static com.tokaify.ledger.events.codec.EventType.TOKEN_EXPIRED;

import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.ModelQuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.rules.Rule;
import com.tokaify.ledger.query.account.AccountMoment;
import com.tokaify.ledger.query.history.History;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The events that made a rule broken: who set what was in the way, and what ran into it. Of events
 * that are kept no longer nothing is said.
 */
final class Causes {
    /** Events of other models that may lie between; behind them nobody looks further. */
    private static final int LOOKED_AT = 20;

    private final History history;
    private final FactsThen facts;

    /**
     * @param facts of the moment up to which events count
     */
    Causes(History history, FactsThen facts) {
        this.history = history;
        this.facts = facts;
    }

    /** In the order they happened. */
    List<Cause> of(Rule broken) {
        return events(broken)
                .flatMap(Optional::stream)
                .distinct()
                .sorted(Comparator.comparing(RecordedEvent::recordedAt))
                .map(Cause::of)
                .toList();
    }

    private Stream<Optional<RecordedEvent>> events(Rule broken) {
        return switch (broken) {
            case NOT_DELETED -> Stream.of(last(TOKEN_DELETED));
            case ENABLED -> Stream.of(last(TOKEN_DISABLED));
            case NOT_EXPIRED ->
                    Stream.of(
                            setBy(EXPIRATION_CHANGED),
                            facts.token().standing().expired()
                                    ? last(TOKEN_EXPIRED)
                                    : Optional.empty());
            case SOURCE_ALLOWED -> Stream.of(setBy(IP_ALLOWLIST_CHANGED));
            case MODEL_ALLOWED -> Stream.of(setBy(MODEL_ACCESS_CHANGED));
            case ACCOUNT_ACTIVE -> Stream.of(ofAccount(ACCOUNT_SUSPENDED));
            case BALANCE_SUFFICIENT ->
                    Stream.of(
                            ofAccount(BALANCE_CREDITED, BALANCE_ADJUSTED),
                            history.lastUsage(facts.token().accountId(), facts.at()));
            case QUOTA_SUFFICIENT -> ofQuota();
            case MODEL_QUOTA_SUFFICIENT -> ofModelQuota();
        };
    }

    /**
     * The limit, and the usage that reached it; of a limit that was not reached, the last usage.
     */
    private Stream<Optional<RecordedEvent>> ofQuota() {
        Optional<RecordedEvent> limit = setBy(QUOTA_LIMIT_CHANGED);
        long counting = Math.max(sequence(limit), sequence(last(QUOTA_PERIOD_STARTED)));
        Optional<RecordedEvent> reached =
                last(QUOTA_EXHAUSTED).filter(event -> event.sequence() > counting);
        return Stream.of(
                limit, before(reached, QUOTA_CONSUMED).or(() -> last(QUOTA_CONSUMED)), reached);
    }

    private Stream<Optional<RecordedEvent>> ofModelQuota() {
        Optional<RecordedEvent> limit = last(MODEL_QUOTAS_CHANGED);
        long counting = Math.max(sequence(limit), sequence(last(QUOTA_PERIOD_STARTED)));
        Optional<RecordedEvent> reached =
                newest(MODEL_QUOTA_EXHAUSTED, facts.token().sequence())
                        .filter(event -> isOfModel(event.event()))
                        .findFirst()
                        .filter(event -> event.sequence() > counting);
        return Stream.of(
                limit,
                before(reached, QUOTA_CONSUMED)
                        .or(() ->
                                newest(QUOTA_CONSUMED, facts.token().sequence())
                                        .filter(event -> isOfModel(event.event()))
                                        .findFirst()),
                reached);
    }

    private boolean isOfModel(LedgerEvent event) {
        String model =
                event instanceof QuotaConsumed consumed
                        ? consumed.model()
                        : event instanceof ModelQuotaExhausted exhausted ? exhausted.model() : null;
        return model != null && model.equals(facts.check().model());
    }

    /** The last event of the type before one; empty where there is none to be before. */
    private Optional<RecordedEvent> before(Optional<RecordedEvent> event, EventType type) {
        return event.flatMap(later -> newest(type, later.sequence() - 1).findFirst());
    }

    private static long sequence(Optional<RecordedEvent> event) {
        return event.map(RecordedEvent::sequence).orElse(-1L);
    }

    /** The last change of a setting, or the creation that came with it. */
    private Optional<RecordedEvent> setBy(EventType change) {
        return last(change).or(() -> last(TOKEN_CREATED));
    }

    private Optional<RecordedEvent> last(EventType type) {
        return newest(type, facts.token().sequence()).findFirst();
    }

    private Stream<RecordedEvent> newest(EventType type, long upTo) {
        return history.newest(facts.token().tokenId(), Set.of(type), upTo, LOOKED_AT).stream();
    }

    private Optional<RecordedEvent> ofAccount(EventType... types) {
        AccountMoment account = facts.account();
        return account == null
                ? Optional.empty()
                : history
                        .newest(
                                account.state().accountId(),
                                Set.of(types),
                                account.state().sequence(),
                                1)
                        .stream()
                        .findFirst();
    }
}
