package com.tokaify.ledger.audit.fold;

import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token has consumed, and what of it counts.
 *
 * @param total units over all its life, refunds subtracted, as the last event has it
 * @param period how often counting begins anew; null is never
 * @param endsAt when the last period that was begun is over; null where none was
 * @param before units of the total that do not count, since they are of earlier periods
 * @param models those with a limit of their own, in the order given
 * @param lastUsedAt as the event has it; null is never
 */
public record Usage(
        long total,
        @Nullable QuotaPeriod period,
        @Nullable Instant endsAt,
        long before,
        List<ModelUse> models,
        @Nullable String lastUsedAt) {
    static final Usage NONE = new Usage(0, null, null, 0, List.of(), null);

    /** Whether by this time nothing consumed so far counts any more. */
    public boolean isPeriodOver(Instant at) {
        return endsAt != null && !at.isBefore(endsAt);
    }

    /** Units that count in the period that was begun last. */
    public long counted() {
        return total - before;
    }

    public long counted(Instant at) {
        return isPeriodOver(at) ? 0 : counted();
    }

    public List<ModelUse> models(Instant at) {
        return isPeriodOver(at) ? models.stream().map(ModelUse::anew).toList() : models;
    }

    /** Null where the model has no limit of its own, or none is named. */
    public @Nullable ModelUse of(@Nullable String model) {
        for (ModelUse use : models) {
            if (use.model().equals(model)) {
                return use;
            }
        }
        return null;
    }

    /** Whether so much more is above the limit, or above the model's. */
    public boolean isExceededBy(long amount, @Nullable String model, @Nullable Long limit) {
        if (limit != null && amount > Math.max(0, limit - counted())) {
            return true;
        }
        ModelUse use = models.isEmpty() ? null : of(model);
        return use != null && amount > use.left();
    }

    Usage consumed(QuotaConsumed consumed, String at) {
        return new Usage(
                consumed.totalAfter(),
                period,
                endsAt,
                before,
                models.isEmpty() ? models : adding(consumed.model(), consumed.amount()),
                at);
    }

    /** What is given back of an earlier period counts in none: there was less before this one. */
    Usage refunded(QuotaRefunded refunded) {
        boolean counts = refunded.currentPeriod();
        return new Usage(
                refunded.totalAfter(),
                period,
                endsAt,
                counts || endsAt == null ? before : before - refunded.amount(),
                counts ? adding(refunded.model(), -refunded.amount()) : models,
                lastUsedAt);
    }

    Usage every(@Nullable QuotaPeriod changed) {
        return changed == null
                ? new Usage(total, null, null, 0, models, lastUsedAt)
                : new Usage(total, changed, endsAt, before, models, lastUsedAt);
    }

    Usage started(QuotaPeriodStarted started) {
        if (period == null) {
            throw new Contradiction("a period begins for a token without periods");
        }
        return new Usage(
                total,
                period,
                started.endsAt(),
                started.totalBefore(),
                models.stream().map(ModelUse::anew).toList(),
                lastUsedAt);
    }

    /** A model that keeps a limit keeps its count. */
    Usage limiting(@Nullable List<ModelQuota> quotas) {
        List<ModelUse> limited = new ArrayList<>();
        for (ModelQuota quota : quotas == null ? List.<ModelQuota>of() : quotas) {
            ModelUse known = of(quota.model());
            limited.add(
                    new ModelUse(
                            quota.model(),
                            quota.quotaLimit(),
                            known == null ? 0 : known.consumed()));
        }
        return new Usage(total, period, endsAt, before, List.copyOf(limited), lastUsedAt);
    }

    private List<ModelUse> adding(@Nullable String model, long units) {
        if (model == null || of(model) == null) {
            return models;
        }
        return models.stream()
                .map(use -> use.model().equals(model) ? use.plus(units) : use)
                .toList();
    }
}
