package com.tokaify.ledger.query.token;

import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a token's usage counts under its limits, by the events so far. From {@code endsAt} on
 * none of it does, though no event says so: the clock of whoever asks decides.
 *
 * @param quotaPeriod how often counting begins anew; null is never
 * @param endsAt when the last period that was begun is over; null where none was
 * @param totalBefore units of the token's total that count no more; 0 where it has no periods
 * @param models those with a limit of their own, in the order they were given
 */
public record Counting(
        @Nullable QuotaPeriod quotaPeriod,
        @Nullable Instant endsAt,
        long totalBefore,
        List<ModelUse> models) {
    /** One quota for all time, and no limits of models. */
    public static final Counting PLAIN = new Counting(null, null, 0, List.of());

    /** Whether the last period that was begun has ended, and nothing consumed so far counts. */
    public boolean isPeriodOver(Instant now) {
        return endsAt != null && !now.isBefore(endsAt);
    }

    /** Units of the token's total that count. */
    public long counted(long total, Instant now) {
        return isPeriodOver(now) ? 0 : total - totalBefore;
    }

    /**
     * Units of a model that count, and its limit.
     *
     * @return null where the model has no limit of its own
     */
    public @Nullable ModelUse counted(String model, Instant now) {
        for (ModelUse use : models) {
            if (use.model().equals(model)) {
                return isPeriodOver(now) ? use.anew() : use;
            }
        }
        return null;
    }

    /** What counted still does until the first period of the new rhythm is begun. */
    Counting every(@Nullable QuotaPeriod period) {
        return period == null
                ? new Counting(null, null, 0, models)
                : new Counting(period, endsAt, totalBefore, models);
    }

    Counting begun(QuotaPeriodStarted started) {
        return new Counting(
                quotaPeriod,
                started.endsAt(),
                started.totalBefore(),
                models.stream().map(ModelUse::anew).toList());
    }

    /** A model that keeps a limit keeps its count. */
    Counting limiting(@Nullable List<ModelQuota> quotas) {
        var known = models.stream().collect(Collectors.toMap(ModelUse::model, Function.identity()));
        return with(
                quotas == null
                        ? List.of()
                        : quotas.stream()
                                .map(quota -> {
                                    ModelUse before = known.get(quota.model());
                                    return before == null
                                            ? ModelUse.none(quota)
                                            : before.under(quota);
                                })
                                .toList());
    }

    Counting after(QuotaConsumed consumed) {
        return with(adding(consumed.model(), consumed.amount()));
    }

    /**
     * What is given back of an earlier period counts in none: the total shrinks before this one.
     */
    Counting after(QuotaRefunded refunded) {
        if (refunded.currentPeriod()) {
            return with(adding(refunded.model(), -refunded.amount()));
        }
        return endsAt == null
                ? this
                : new Counting(quotaPeriod, endsAt, totalBefore - refunded.amount(), models);
    }

    private Counting with(List<ModelUse> newModels) {
        return new Counting(quotaPeriod, endsAt, totalBefore, newModels);
    }

    private List<ModelUse> adding(@Nullable String model, long units) {
        return models.stream()
                .map(use -> use.model().equals(model) ? use.plus(units) : use)
                .toList();
    }
}
