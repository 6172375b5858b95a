package com.tokaify.ledger.command.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.ExpirationChanged;
import com.tokaify.ledger.events.TokenEvent.IpAllowlistChanged;
import com.tokaify.ledger.events.TokenEvent.ModelAccessChanged;
import com.tokaify.ledger.events.TokenEvent.ModelQuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.SecretRevealed;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.TokenEvent.TokenGroupChanged;
import com.tokaify.ledger.events.TokenEvent.TokenImported;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token's books, kept as an auditor with much time would: whatever is asked is added up from the
 * whole list of events. Every event is held against them before it is written down.
 */
final class NaiveBooks {
    private final String where;
    private final List<TokenEvent> events = new ArrayList<>();
    private final Map<String, Object> settings = new HashMap<>();
    private final Set<String> said = new HashSet<>();
    private boolean enabled = true;
    private boolean expired;
    private boolean deleted;

    NaiveBooks(String where) {
        this.where = where;
    }

    int length() {
        return events.size();
    }

    /**
     * @return the event's sequence
     */
    long happens(TokenEvent event, Instant now) {
        String at = at(event);
        long sequence = events.size();
        if (deleted) {
            assertThat(event).as(at).isInstanceOfAny(QuotaConsumed.class, QuotaRefunded.class);
        }
        switch (event) {
            case TokenCreated created -> {
                assertThat(events).as(at).isEmpty();
                settings.put("name", created.name());
                settings.put("group", created.group());
                settings.put("quotaLimit", created.restrictions().quotaLimit());
                settings.put("expiresAt", created.restrictions().expiresAt());
                settings.put("models", created.restrictions().models());
            }
            case TokenRenamed renamed -> sets("name", renamed.name(), at);
            case TokenGroupChanged changed -> sets("group", changed.group(), at);
            case QuotaLimitChanged changed -> sets("quotaLimit", changed.quotaLimit(), at);
            case ModelAccessChanged changed -> sets("models", changed.models(), at);
            case IpAllowlistChanged changed -> sets("ipAllowlist", changed.ipAllowlist(), at);
            case ModelQuotasChanged changed -> sets("modelQuotas", changed.modelQuotas(), at);
            case RateLimitsChanged changed -> sets("rateLimits", changed.rateLimits(), at);
            case QuotaPeriodChanged changed -> sets("quotaPeriod", changed.quotaPeriod(), at);
            case ExpirationChanged changed -> {
                sets("expiresAt", changed.expiresAt(), at);
                expired = false;
            }
            case QuotaPeriodStarted started -> begins(started, now, at);
            case TokenEnabled _ -> {
                assertThat(enabled).as(at).isFalse();
                enabled = true;
            }
            case TokenDisabled _ -> {
                assertThat(enabled).as(at).isTrue();
                enabled = false;
            }
            case TokenExpired end -> {
                assertThat(expired).as(at).isFalse();
                assertThat(end.expiresAt()).as(at).isEqualTo(settings.get("expiresAt"));
                assertThat(now).as(at).isAfterOrEqualTo(end.expiresAt());
                expired = true;
            }
            case TokenDeleted _ -> {
                deleted = true;
                said.clear();
            }
            case QuotaExhausted end -> {
                assertThat(end.total()).as(at).isEqualTo(counted());
                assertThat(end.quotaLimit()).as(at).isEqualTo(limit());
                assertThat(said.add("")).as(at + " is said once").isTrue();
            }
            case ModelQuotaExhausted end -> {
                assertThat(end.total()).as(at).isEqualTo(counted(end.model()));
                assertThat(end.quotaLimit()).as(at).isEqualTo(limit(end.model()));
                assertThat(said.add(end.model())).as(at + " is said once").isTrue();
            }
            case QuotaConsumed _, QuotaRefunded _ -> {}
            case SecretRevealed _, SecretRotated _, TokenImported _ -> {}
        }
        events.add(event);
        switch (event) {
            case QuotaConsumed consumed -> {
                assertThat(consumed.totalAfter()).as(at).isEqualTo(total());
                assertThat(consumed.overrun())
                        .as(at)
                        .isEqualTo(!deleted && (isAbove() || isAbove(consumed.model())));
            }
            case QuotaRefunded refunded -> {
                assertThat(refunded.totalAfter()).as(at).isEqualTo(total());
                assertThat(refunded.amount())
                        .as(at)
                        .isLessThanOrEqualTo(usage(refunded.usageId()).amount());
                assertThat(refunded.model()).as(at).isEqualTo(usage(refunded.usageId()).model());
                assertThat(refunded.currentPeriod())
                        .as(at)
                        .isEqualTo(indexOf(refunded.usageId()) > periodBegan());
            }
            case TokenEvent _ -> {}
        }
        said.removeIf(of -> !(of.isEmpty() ? isUsedUp() : isUsedUp(of)));
        return sequence;
    }

    private void sets(String setting, @Nullable Object value, String at) {
        assertThat(value).as(at + " is another").isNotEqualTo(settings.get(setting));
        settings.put(setting, value);
    }

    private void begins(QuotaPeriodStarted started, Instant now, String at) {
        QuotaPeriod period = (QuotaPeriod) Objects.requireNonNull(settings.get("quotaPeriod"), at);
        QuotaPeriod.Span span = period.at(now);
        assertThat(started)
                .as(at)
                .isEqualTo(new QuotaPeriodStarted(span.startsAt(), span.endsAt(), total()));
        if (!(events.getLast() instanceof QuotaPeriodChanged)) {
            QuotaPeriodStarted before = (QuotaPeriodStarted) events.get(periodBegan());
            assertThat(started.startsAt()).as(at).isAfterOrEqualTo(before.endsAt());
        }
    }

    /** Once a command is decided, nothing has come to its end that was not said. */
    void assertEveryEndIsSaid() {
        if (!deleted) {
            assertThat(said.contains("")).as(at("quota")).isEqualTo(isUsedUp());
            for (ModelQuota quota : modelQuotas()) {
                assertThat(said.contains(quota.model()))
                        .as(at(quota))
                        .isEqualTo(isUsedUp(quota.model()));
            }
        }
    }

    void assertNotAbove(@Nullable String model) {
        assertThat(isAbove() || isAbove(model)).as(at("a strict consumption")).isFalse();
    }

    /** Strict consumption is refused for a reason that these books know, too. */
    void assertMayBeRefused(ConsumeQuota command, Instant now) {
        Long limit = limit();
        String model = command.model();
        Long limitOfModel = model == null ? null : limit(model);
        boolean over = periodIsOver(now);
        long counted = over ? 0 : counted();
        long countedOfModel = over || model == null ? 0 : counted(model);
        List<?> models = (List<?>) settings.get("models");
        Instant expiresAt = (Instant) settings.get("expiresAt");
        assertThat(
                        deleted
                                || !enabled
                                || expired
                                || (expiresAt != null && !now.isBefore(expiresAt))
                                || (models != null && !models.contains(command.model()))
                                || (limit != null && counted + command.amount() > limit)
                                || (limitOfModel != null
                                        && countedOfModel + command.amount() > limitOfModel))
                .as(at("the refusal of " + command))
                .isTrue();
    }

    private boolean periodIsOver(Instant now) {
        return periodBegan() >= 0
                && !now.isBefore(((QuotaPeriodStarted) events.get(periodBegan())).endsAt());
    }

    /** Everything that was ever booked, without what was given back. */
    long total() {
        long total = 0;
        for (TokenEvent event : events) {
            total += event instanceof QuotaConsumed consumed ? consumed.amount() : 0;
            total -= event instanceof QuotaRefunded refunded ? refunded.amount() : 0;
        }
        return total;
    }

    @Nullable Long remaining() {
        Long limit = limit();
        return limit == null ? null : (Long) Math.max(0, limit - counted());
    }

    /** The usages since the period began, each without what was given back of it. */
    private long counted() {
        int began = periodBegan();
        long counted = 0;
        for (int i = began + 1; i < events.size(); i++) {
            counted += events.get(i) instanceof QuotaConsumed consumed ? consumed.amount() : 0;
            if (events.get(i) instanceof QuotaRefunded refunded) {
                counted -= indexOf(refunded.usageId()) > began ? refunded.amount() : 0;
            }
        }
        return counted;
    }

    /**
     * Since the model has had a limit, or since a period began, whatever was later. What a refund
     * of older usage gives back beyond that is lost, since it never counted.
     */
    private long counted(String model) {
        int from = 0;
        boolean limited = false;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof ModelQuotasChanged(@Nullable List<ModelQuota> quotas)) {
                boolean named =
                        quotas != null && quotas.stream().anyMatch(q -> q.model().equals(model));
                from = named && !limited ? i : from;
                limited = named;
            }
            from = events.get(i) instanceof QuotaPeriodStarted ? i : from;
        }
        long counted = 0;
        for (TokenEvent event : events.subList(from, events.size())) {
            if (event instanceof QuotaConsumed consumed && model.equals(consumed.model())) {
                counted += consumed.amount();
            }
            if (event instanceof QuotaRefunded refunded
                    && model.equals(refunded.model())
                    && refunded.currentPeriod()) {
                counted = Math.max(0, counted - refunded.amount());
            }
        }
        return counted;
    }

    /** Of the event that began the period in which usage counts; before the first without one. */
    private int periodBegan() {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i) instanceof QuotaPeriodStarted) {
                return i;
            }
            if (events.get(i) instanceof QuotaPeriodChanged(@Nullable QuotaPeriod period)
                    && period == null) {
                return -1;
            }
        }
        return -1;
    }

    private int indexOf(String usageId) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof QuotaConsumed consumed
                    && consumed.usageId().equals(usageId)) {
                return i;
            }
        }
        throw new AssertionError(where + ": nobody booked " + usageId);
    }

    private QuotaConsumed usage(String usageId) {
        return (QuotaConsumed) events.get(indexOf(usageId));
    }

    private @Nullable Long limit() {
        return (Long) settings.get("quotaLimit");
    }

    private @Nullable Long limit(String model) {
        return modelQuotas().stream()
                .filter(quota -> quota.model().equals(model))
                .findFirst()
                .map(ModelQuota::quotaLimit)
                .orElse(null);
    }

    @SuppressWarnings("unchecked") // nothing else is put under this name
    private List<ModelQuota> modelQuotas() {
        List<ModelQuota> quotas = (List<ModelQuota>) settings.get("modelQuotas");
        return quotas == null ? List.of() : quotas;
    }

    private boolean isUsedUp() {
        Long limit = limit();
        return limit != null && counted() >= limit;
    }

    private boolean isUsedUp(String model) {
        Long limit = limit(model);
        return limit != null && counted(model) >= limit;
    }

    private boolean isAbove() {
        Long limit = limit();
        return limit != null && counted() > limit;
    }

    private boolean isAbove(@Nullable String model) {
        Long limit = model == null ? null : limit(model);
        return model != null && limit != null && counted(model) > limit;
    }

    private String at(Object what) {
        return where + ", event " + events.size() + ", " + what;
    }
}
