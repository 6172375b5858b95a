package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.ExpirationChanged;
import com.tokaify.ledger.events.TokenEvent.IpAllowlistChanged;
import com.tokaify.ledger.events.TokenEvent.ModelAccessChanged;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.TokenEvent.TokenGroupChanged;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A second way to know a token and an account from their events, slow and without state: it asks
 * the whole history for the last word on each field. Shares no code with the view.
 */
final class NaiveFold {
    private final Map<StreamId, List<LedgerEvent>> streams;

    /**
     * @param history in order within each stream
     */
    NaiveFold(Collection<StoredEvent> history) {
        this.streams =
                history.stream()
                        .collect(
                                Collectors.groupingBy(
                                        StoredEvent::stream,
                                        Collectors.mapping(
                                                event ->
                                                        EventCodec.decode(
                                                                event.type(), event.payload()),
                                                Collectors.toList())));
    }

    Optional<TokenState> token(TokenId id) {
        List<LedgerEvent> events = of(id);
        if (events.isEmpty()) {
            return Optional.empty();
        }
        TokenCreated created = (TokenCreated) events.getFirst();
        Terms terms =
                new Terms(
                        last(events, TokenGroupChanged.class)
                                .map(TokenGroupChanged::group)
                                .orElse(created.group()),
                        last(events, QuotaLimitChanged.class)
                                .map(e -> Optional.ofNullable(e.quotaLimit()))
                                .orElse(Optional.ofNullable(created.restrictions().quotaLimit()))
                                .orElse(null),
                        last(events, ModelAccessChanged.class)
                                .map(e -> Optional.ofNullable(e.models()))
                                .orElse(Optional.ofNullable(created.restrictions().models()))
                                .map(HashSet::new)
                                .orElse(null),
                        last(events, IpAllowlistChanged.class)
                                .map(e -> Optional.ofNullable(e.ipAllowlist()))
                                .orElse(Optional.ofNullable(created.restrictions().ipAllowlist()))
                                .orElse(null),
                        last(events, ExpirationChanged.class)
                                .map(e -> Optional.ofNullable(e.expiresAt()))
                                .orElse(Optional.ofNullable(created.restrictions().expiresAt()))
                                .orElse(null),
                        last(events, RateLimitsChanged.class)
                                .map(RateLimitsChanged::rateLimits)
                                .orElse(null));
        Standing standing =
                new Standing(
                        lastIndex(events, TokenDisabled.class)
                                <= lastIndex(events, TokenEnabled.class),
                        lastIndex(events, TokenExpired.class)
                                > lastIndex(events, ExpirationChanged.class),
                        lastIndex(events, TokenDeleted.class) >= 0);
        return Optional.of(
                new TokenState(
                        standing,
                        terms,
                        secrets(events),
                        consumed(events),
                        new Counting(period(events), models(events))));
    }

    /** What counts is added up from when the period began; all the rest of the total does not. */
    private static Counting.@Nullable Period period(List<LedgerEvent> events) {
        int begun = lastIndex(events, e -> e instanceof QuotaPeriodStarted);
        int ended = lastIndex(events, e -> e instanceof QuotaPeriodChanged(var p) && p == null);
        if (begun <= ended) {
            return null;
        }
        List<LedgerEvent> since = events.subList(begun, events.size());
        long counted =
                all(since, QuotaConsumed.class).stream().mapToLong(QuotaConsumed::amount).sum()
                        - all(since, QuotaRefunded.class).stream()
                                .filter(QuotaRefunded::currentPeriod)
                                .mapToLong(QuotaRefunded::amount)
                                .sum();
        return new Counting.Period(
                ((QuotaPeriodStarted) events.get(begun)).endsAt(), consumed(events) - counted);
    }

    private static List<Counting.ModelCount> models(List<LedgerEvent> events) {
        return last(events, ModelQuotasChanged.class)
                .map(ModelQuotasChanged::modelQuotas)
                .orElse(List.of())
                .stream()
                .map(quota ->
                        new Counting.ModelCount(
                                quota.model(), quota.quotaLimit(), counted(events, quota.model())))
                .toList();
    }

    /** From when the model was last without a limit, or the last period began. */
    private static long counted(List<LedgerEvent> events, String model) {
        int unlimited =
                lastIndex(
                        events,
                        e -> e instanceof ModelQuotasChanged(var quotas) && !names(quotas, model));
        int limited = unlimited + 1;
        while (!(events.get(limited) instanceof ModelQuotasChanged)) {
            limited++;
        }
        int begun = lastIndex(events, e -> e instanceof QuotaPeriodStarted);
        long count = 0;
        for (LedgerEvent event : events.subList(Math.max(limited, begun), events.size())) {
            if (event instanceof QuotaConsumed consumed && model.equals(consumed.model())) {
                count += consumed.amount();
            } else if (event instanceof QuotaRefunded refunded
                    && refunded.currentPeriod()
                    && model.equals(refunded.model())) {
                count = Math.max(0, count - refunded.amount());
            }
        }
        return count;
    }

    private static boolean names(@Nullable List<ModelQuota> quotas, String model) {
        return quotas != null && quotas.stream().anyMatch(quota -> quota.model().equals(model));
    }

    private static Secrets secrets(List<LedgerEvent> events) {
        TokenCreated created = (TokenCreated) events.getFirst();
        List<SecretRotated> rotations = all(events, SecretRotated.class);
        if (rotations.isEmpty()) {
            return new Secrets.Single(created.lookupHash());
        }
        SecretRotated newest = rotations.getLast();
        return newest.previousValidUntil() == null
                ? new Secrets.Single(newest.lookupHash())
                : new Secrets.Rotated(
                        newest.lookupHash(),
                        rotations.size() == 1
                                ? created.lookupHash()
                                : rotations.get(rotations.size() - 2).lookupHash(),
                        newest.previousValidUntil());
    }

    private static long consumed(List<LedgerEvent> events) {
        return all(events, QuotaConsumed.class).stream().mapToLong(QuotaConsumed::amount).sum()
                - all(events, QuotaRefunded.class).stream().mapToLong(QuotaRefunded::amount).sum();
    }

    AccountState account(AccountId id) {
        List<LedgerEvent> events = of(id);
        long credits =
                all(events, BalanceCredited.class).stream()
                        .mapToLong(BalanceCredited::amount)
                        .sum();
        long adjustments =
                all(events, BalanceAdjusted.class).stream()
                        .mapToLong(BalanceAdjusted::amount)
                        .sum();
        long consumption =
                streams.entrySet().stream()
                        .filter(stream -> stream.getKey() instanceof TokenId)
                        .map(Map.Entry::getValue)
                        .filter(token -> ((TokenCreated) token.getFirst()).accountId().equals(id))
                        .mapToLong(NaiveFold::consumed)
                        .sum();
        return new AccountState(
                lastIndex(events, AccountSuspended.class) > lastIndex(events, AccountResumed.class),
                credits + adjustments - consumption);
    }

    private List<LedgerEvent> of(StreamId stream) {
        return streams.getOrDefault(stream, List.of());
    }

    private static <E extends LedgerEvent> List<E> all(List<LedgerEvent> events, Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static <E extends LedgerEvent> Optional<E> last(
            List<LedgerEvent> events, Class<E> type) {
        return all(events, type).stream().reduce((_, later) -> later);
    }

    private static int lastIndex(List<LedgerEvent> events, Class<? extends LedgerEvent> type) {
        return lastIndex(events, type::isInstance);
    }

    private static int lastIndex(List<LedgerEvent> events, Predicate<LedgerEvent> wanted) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (wanted.test(events.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
