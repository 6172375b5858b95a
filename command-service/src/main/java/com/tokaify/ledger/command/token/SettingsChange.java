package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.decision.Change;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.net.IpRange;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A patch of {@link TokenSettings}: each field by itself is left alone, set, or taken away. */
public record SettingsChange(
        Change<String> name,
        Change<String> group,
        Change<Long> quotaLimit,
        Change<List<String>> models,
        Change<List<IpRange>> ipAllowlist,
        Change<Instant> expiresAt,
        Change<QuotaPeriod> quotaPeriod,
        Change<List<ModelQuota>> modelQuotas,
        Change<RateLimitsPatch> rateLimits) {
    /** Leaves everything alone. */
    public static final SettingsChange NONE =
            new SettingsChange(
                    Change.none(),
                    Change.none(),
                    Change.none(),
                    Change.none(),
                    Change.none(),
                    Change.none(),
                    Change.none(),
                    Change.none(),
                    Change.none());

    public SettingsChange {
        notTakenAway("name", name);
        notTakenAway("group", group);
        name = name.map(text -> FieldRules.name("name", text));
        group = group.map(text -> FieldRules.group("group", text));
        FieldRules.optionalLimit("quotaLimit", quotaLimit.value());
        models = models.map(list -> FieldRules.optionalModels("models", list));
        SealableModels.check(models.value());
        ipAllowlist = ipAllowlist.map(list -> IpRange.optionalAllowlist("ipAllowlist", list));
        FieldRules.optionalInstant("expiresAt", expiresAt.value());
        modelQuotas = modelQuotas.map(list -> ModelQuota.optionalList("modelQuotas", list));
    }

    private static void notTakenAway(String field, Change<?> change) {
        if (change.wanted() && change.value() == null) {
            throw new InvalidField(field, "must not be null");
        }
    }

    /** The settings once this is done. */
    TokenSettings of(TokenSettings now) {
        return new TokenSettings(
                Objects.requireNonNull(name.of(now.name())),
                Objects.requireNonNull(group.of(now.group())),
                quotaLimit.of(now.quotaLimit()),
                models.of(now.models()),
                ipAllowlist.of(now.ipAllowlist()),
                expiresAt.of(now.expiresAt()),
                quotaPeriod.of(now.quotaPeriod()),
                modelQuotas.of(now.modelQuotas()),
                rateLimitsOf(now.rateLimits()));
    }

    private @Nullable RateLimits rateLimitsOf(@Nullable RateLimits now) {
        RateLimitsPatch patch = rateLimits.value();
        if (patch == null) {
            return rateLimits.wanted() ? null : now;
        }
        return patch.of(now);
    }
}
