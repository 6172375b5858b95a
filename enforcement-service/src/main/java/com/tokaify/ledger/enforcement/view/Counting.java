package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.ModelQuota;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a token's usage counts under its limits. Nearly every token has neither periods nor
 * limits of single models: all those share {@link #PLAIN}, so that they pay nothing for the others.
 *
 * @param period the last that was begun; null where the token has no periods
 * @param models those with a limit of their own
 */
public record Counting(@Nullable Period period, List<ModelCount> models) {
    /** All that was ever consumed counts, and no model has a limit of its own. */
    public static final Counting PLAIN = new Counting(null, List.of());

    /**
     * @param endsAt from this instant on nothing consumed so far counts, though no event says so
     * @param totalBefore units of the token's total that count no more
     */
    public record Period(Instant endsAt, long totalBefore) {}

    /**
     * @param consumed units that count under the limit, refunds subtracted, never below zero
     */
    public record ModelCount(String model, long quotaLimit, long consumed) {

        /** A refund may be of usage from before the model had a limit; that never counted. */
        private ModelCount plus(long units) {
            return new ModelCount(model, quotaLimit, Math.max(0, consumed + units));
        }
    }

    /** Units of the token's total that count now. */
    long counted(long total, Instant now) {
        if (period == null) {
            return total;
        }
        return isOver(period, now) ? 0 : total - period.totalBefore();
    }

    /** Units of a model that count now. */
    long counted(ModelCount model, Instant now) {
        return period != null && isOver(period, now) ? 0 : model.consumed();
    }

    private static boolean isOver(Period period, Instant now) {
        return !now.isBefore(period.endsAt());
    }

    @Nullable ModelCount model(String name) {
        for (ModelCount count : models) {
            if (count.model().equals(name)) {
                return count;
            }
        }
        return null;
    }

    /** All counts begin at zero, those of models too. */
    Counting begun(Period next) {
        return of(
                next,
                models.stream()
                        .map(count -> new ModelCount(count.model(), count.quotaLimit(), 0))
                        .toList());
    }

    /** The token has one quota for all time again. */
    Counting withoutPeriod() {
        return of(null, models);
    }

    /** A model that keeps a limit keeps its count. */
    Counting limiting(@Nullable List<ModelQuota> quotas) {
        return of(period, quotas == null ? List.of() : quotas.stream().map(this::limit).toList());
    }

    private ModelCount limit(ModelQuota quota) {
        ModelCount known = model(quota.model());
        return new ModelCount(
                quota.model(), quota.quotaLimit(), known == null ? 0 : known.consumed());
    }

    /** Units of a model were consumed, or given back, in the period that was begun last. */
    Counting adding(@Nullable String model, long units) {
        if (model == null || model(model) == null) {
            return this;
        }
        return of(
                period,
                models.stream()
                        .map(count -> count.model().equals(model) ? count.plus(units) : count)
                        .toList());
    }

    /**
     * What is given back of an earlier period counts in none: the total shrinks before this one.
     */
    Counting givenBackBefore(long units) {
        return period == null
                ? this
                : of(new Period(period.endsAt(), period.totalBefore() - units), models);
    }

    static Counting of(@Nullable Period period, List<ModelCount> models) {
        return period == null && models.isEmpty() ? PLAIN : new Counting(period, models);
    }
}
