package com.tokaify.ledger.command.token;

import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.ModelQuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a token may consume, and what it has. Limits hold for what counts: everything consumed since
 * the running period began, or ever where there are no periods. Immutable.
 *
 * @param limit units that may count; null is unlimited
 * @param period how often counting begins anew; null is never
 * @param endsAt the first instant after the running period; null where none was begun
 * @param base units of the total that do not count, since they were consumed before the running
 *     period
 * @param total units consumed over all the token's life, refunds subtracted
 * @param exhausted whether the ledger has said that nothing is left; forgotten as soon as something
 *     is
 * @param models those with a limit of their own
 */
record Quota(
        @Nullable Long limit,
        @Nullable QuotaPeriod period,
        @Nullable Instant endsAt,
        long base,
        long total,
        boolean exhausted,
        List<ModelCount> models) {

    /**
     * The limit of one model, and what counts under it.
     *
     * @param exhausted as the token's own
     */
    record ModelCount(String model, long limit, long counted, boolean exhausted) {
        ModelCount {
            exhausted &= counted >= limit;
        }

        private long remaining() {
            return Math.max(0, limit - counted);
        }

        /** A refund may be of usage from before the model had a limit, which never counted. */
        private ModelCount plus(long units) {
            return new ModelCount(model, limit, Math.max(0, counted + units), exhausted);
        }

        private ModelCount fromZero() {
            return new ModelCount(model, limit, 0, exhausted);
        }

        private ModelCount said() {
            return new ModelCount(model, limit, counted, true);
        }
    }

    Quota {
        exhausted &= limit != null && total - base >= limit;
        models = List.copyOf(models);
    }

    /** Of a new token. */
    static Quota of(@Nullable Long limit) {
        return new Quota(limit, null, null, 0, 0, false, List.of());
    }

    /** Of a token that nothing limits any more. */
    static Quota unlimited(long total) {
        return new Quota(null, null, null, 0, total, false, List.of());
    }

    /** Units that count under the token's limit. */
    long counted() {
        return total - base;
    }

    /** Units left under the token's limit, never negative; null is unlimited. */
    @Nullable Long remaining() {
        return remainingOf(counted());
    }

    /** The same, had this much counted. */
    @Nullable Long remainingOf(long counted) {
        return limit == null ? null : (Long) Math.max(0, limit - counted);
    }

    /** Units left under the limit of a model, never negative; null is unlimited. */
    @Nullable Long remaining(@Nullable String model) {
        for (ModelCount each : models) {
            if (each.model().equals(model)) {
                return each.remaining();
            }
        }
        return null;
    }

    /** Whether so much more would be above the token's limit, or the model's. */
    boolean isExceededBy(long amount, @Nullable String model) {
        Long left = remaining();
        Long leftOfModel = remaining(model);
        return (left != null && amount > left) || (leftOfModel != null && amount > leftOfModel);
    }

    /** The limits of models as people set them; null is none. */
    @Nullable List<ModelQuota> modelQuotas() {
        return models.isEmpty()
                ? null
                : models.stream().map(each -> new ModelQuota(each.model(), each.limit())).toList();
    }

    /** What begins counting anew at an instant, where the running period is over by then. */
    @Nullable QuotaPeriodStarted renewal(Instant at) {
        return period == null || endsAt == null || at.isBefore(endsAt) ? null : start(period, at);
    }

    /** What begins counting anew in the period an instant lies in. */
    QuotaPeriodStarted start(QuotaPeriod every, Instant at) {
        QuotaPeriod.Span span = every.at(at);
        return new QuotaPeriodStarted(span.startsAt(), span.endsAt(), total);
    }

    /** This quota as it is at an instant, whether or not an event has said so. */
    Quota at(Instant at) {
        QuotaPeriodStarted renewal = renewal(at);
        return renewal == null ? this : started(renewal);
    }

    /** What has come to its end and was not said yet. */
    List<TokenEvent> unsaid() {
        if (limit == null && models.isEmpty()) {
            return List.of();
        }
        List<TokenEvent> events = new ArrayList<>();
        if (limit != null && !exhausted && counted() >= limit) {
            events.add(new QuotaExhausted(counted(), limit));
        }
        for (ModelCount each : models) {
            if (!each.exhausted() && each.remaining() == 0) {
                events.add(new ModelQuotaExhausted(each.model(), each.counted(), each.limit()));
            }
        }
        return events;
    }

    Quota limited(@Nullable Long changed) {
        return new Quota(changed, period, endsAt, base, total, exhausted, models);
    }

    /** Without periods all that was ever consumed counts; models go on counting as they did. */
    Quota every(@Nullable QuotaPeriod changed) {
        return changed == null
                ? new Quota(limit, null, null, 0, total, exhausted, models)
                : new Quota(limit, changed, endsAt, base, total, exhausted, models);
    }

    Quota started(QuotaPeriodStarted started) {
        return new Quota(
                limit,
                period,
                started.endsAt(),
                started.totalBefore(),
                total,
                exhausted,
                models.stream().map(ModelCount::fromZero).toList());
    }

    /** A model that keeps a limit keeps its count. */
    Quota limitingModels(@Nullable List<ModelQuota> changed) {
        return with(
                changed == null ? List.of() : changed.stream().map(this::limitingModel).toList());
    }

    private ModelCount limitingModel(ModelQuota changed) {
        for (ModelCount each : models) {
            if (each.model().equals(changed.model())) {
                return new ModelCount(
                        each.model(), changed.quotaLimit(), each.counted(), each.exhausted());
            }
        }
        return new ModelCount(changed.model(), changed.quotaLimit(), 0, false);
    }

    Quota consumed(QuotaConsumed consumed) {
        return new Quota(
                limit,
                period,
                endsAt,
                base,
                consumed.totalAfter(),
                exhausted,
                counting(consumed.model(), consumed.amount()));
    }

    /** What is given back of an earlier period counts in none: there was less before this one. */
    Quota refunded(QuotaRefunded refunded) {
        return refunded.currentPeriod()
                ? new Quota(
                        limit,
                        period,
                        endsAt,
                        base,
                        refunded.totalAfter(),
                        exhausted,
                        counting(refunded.model(), -refunded.amount()))
                : new Quota(
                        limit,
                        period,
                        endsAt,
                        base - refunded.amount(),
                        refunded.totalAfter(),
                        exhausted,
                        models);
    }

    Quota saidExhausted() {
        return new Quota(limit, period, endsAt, base, total, true, models);
    }

    Quota saidExhausted(String model) {
        return with(changing(each -> each.model().equals(model), ModelCount::said));
    }

    private List<ModelCount> counting(@Nullable String model, long units) {
        return models.isEmpty() || model == null
                ? models
                : changing(each -> each.model().equals(model), each -> each.plus(units));
    }

    private List<ModelCount> changing(
            Predicate<ModelCount> which, UnaryOperator<ModelCount> change) {
        return models.stream().map(each -> which.test(each) ? change.apply(each) : each).toList();
    }

    private Quota with(List<ModelCount> changed) {
        return new Quota(limit, period, endsAt, base, total, exhausted, changed);
    }
}
