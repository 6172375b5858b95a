package com.tokaify.ledger.events;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can happen to a token. The first event of a token's stream is always {@link TokenCreated}.
 */
public sealed interface TokenEvent extends LedgerEvent {

    /**
     * A token began to exist, enabled.
     *
     * @param lookupHash what the secret is found by; the secret itself is in no event
     * @param mask what lists show of the secret
     */
    record TokenCreated(
            AccountId accountId,
            String name,
            String group,
            Restrictions restrictions,
            LookupHash lookupHash,
            String mask)
            implements TokenEvent {
        public TokenCreated {
            FieldRules.required("accountId", accountId);
            FieldRules.name("name", name);
            FieldRules.group("group", group);
            FieldRules.required("restrictions", restrictions);
            FieldRules.required("lookupHash", lookupHash);
            FieldRules.mask("mask", mask);
        }
    }

    record TokenRenamed(String name) implements TokenEvent {
        public TokenRenamed {
            FieldRules.name("name", name);
        }
    }

    record TokenGroupChanged(String group) implements TokenEvent {
        public TokenGroupChanged {
            FieldRules.group("group", group);
        }
    }

    /**
     * @param quotaLimit units the token may consume in all; null is unlimited
     */
    record QuotaLimitChanged(@Nullable Long quotaLimit) implements TokenEvent {
        public QuotaLimitChanged {
            FieldRules.optionalLimit("quotaLimit", quotaLimit);
        }
    }

    /**
     * @param models the only models the token may use; null is any
     */
    record ModelAccessChanged(@Nullable List<String> models) implements TokenEvent {
        public ModelAccessChanged {
            models = FieldRules.optionalModels("models", models);
        }
    }

    /**
     * @param ipAllowlist the only source addresses the token may be used from; null is any
     */
    record IpAllowlistChanged(@Nullable List<IpRange> ipAllowlist) implements TokenEvent {
        public IpAllowlistChanged {
            ipAllowlist = IpRange.optionalAllowlist("ipAllowlist", ipAllowlist);
        }
    }

    /**
     * @param expiresAt the instant from which the token is refused; null is never
     */
    record ExpirationChanged(@Nullable Instant expiresAt) implements TokenEvent {
        public ExpirationChanged {
            FieldRules.optionalInstant("expiresAt", expiresAt);
        }
    }

    /**
     * @param quotaPeriod how often the quota begins anew; null is never, one quota for all time
     */
    record QuotaPeriodChanged(@Nullable QuotaPeriod quotaPeriod) implements TokenEvent {}

    /**
     * From here on consumption counts under the limits from zero again, those of models too.
     * Recorded when a period is set, and in every later period in which something is consumed.
     *
     * @param startsAt when the period began, which may be before the event
     * @param endsAt when it is over: from this instant on nothing consumed so far counts
     * @param totalBefore units consumed by the token before, over all its life
     */
    record QuotaPeriodStarted(Instant startsAt, Instant endsAt, long totalBefore)
            implements TokenEvent {
        public QuotaPeriodStarted {
            FieldRules.instant("startsAt", startsAt);
            FieldRules.instant("endsAt", endsAt);
            FieldRules.total("totalBefore", totalBefore);
        }
    }

    /**
     * @param modelQuotas limits of single models beside the token's own; null is none. What a model
     *     has consumed counts from when it was given a limit, and goes on while it keeps one
     */
    record ModelQuotasChanged(@Nullable List<ModelQuota> modelQuotas) implements TokenEvent {
        public ModelQuotasChanged {
            modelQuotas = ModelQuota.optionalList("modelQuotas", modelQuotas);
        }
    }

    /**
     * @param rateLimits how much may be used within a minute; null is any amount
     */
    record RateLimitsChanged(@Nullable RateLimits rateLimits) implements TokenEvent {}

    record TokenEnabled() implements TokenEvent {}

    record TokenDisabled(@Nullable String reason) implements TokenEvent {
        public TokenDisabled {
            FieldRules.optionalText("reason", reason, 200);
        }
    }

    /**
     * The token's {@code expiresAt} has passed. Enforcement refused it at that very instant by its
     * own clock.
     */
    record TokenExpired(Instant expiresAt) implements TokenEvent {
        public TokenExpired {
            FieldRules.instant("expiresAt", expiresAt);
        }
    }

    /** Final: nothing but usage that had already happened follows. */
    record TokenDeleted() implements TokenEvent {}

    /** The secret was shown to the event's actor. Recorded before it is shown. */
    record SecretRevealed(RevealedAs how) implements TokenEvent {
        public SecretRevealed {
            FieldRules.required("how", how);
        }
    }

    /**
     * @param previousValidUntil until when the secret before this one is still accepted; null is
     *     not at all
     */
    record SecretRotated(LookupHash lookupHash, String mask, @Nullable Instant previousValidUntil)
            implements TokenEvent {
        public SecretRotated {
            FieldRules.required("lookupHash", lookupHash);
            FieldRules.mask("mask", mask);
            FieldRules.optionalInstant("previousValidUntil", previousValidUntil);
        }
    }

    /**
     * The token was taken over from another system, so that applications keep their keys. Follows
     * {@link TokenCreated}.
     *
     * @param source the system it comes from, e.g. {@code new-api}
     * @param sourceId what it was called there
     * @param usedBefore units it had consumed there; they count under no limit here
     */
    record TokenImported(String source, @Nullable String sourceId, long usedBefore)
            implements TokenEvent {
        public TokenImported {
            FieldRules.group("source", source);
            FieldRules.optionalText("sourceId", sourceId, 100);
            FieldRules.total("usedBefore", usedBefore);
        }
    }

    /**
     * Usage booked.
     *
     * @param usageId names the usage; booked once however often it is sent
     * @param amount units this usage cost
     * @param totalAfter units consumed by the token over all its life, this usage included, refunds
     *     subtracted
     * @param overrun true when this usage took what counts above the token's limit or its model's;
     *     only usage that had already happened can
     */
    record QuotaConsumed(
            String usageId, long amount, @Nullable String model, long totalAfter, boolean overrun)
            implements TokenEvent {
        public QuotaConsumed {
            FieldRules.usageId("usageId", usageId);
            FieldRules.amount("amount", amount);
            FieldRules.optionalModel("model", model);
            FieldRules.total("totalAfter", totalAfter);
        }
    }

    /**
     * What counts under the token's limit has reached it. Follows the event that made it so.
     *
     * @param total units consumed in the period, or over all the token's life where it has none
     */
    record QuotaExhausted(long total, long quotaLimit) implements TokenEvent {
        public QuotaExhausted {
            FieldRules.total("total", total);
            FieldRules.limit("quotaLimit", quotaLimit);
        }
    }

    /**
     * What counts under a model's limit has reached it. Follows the event that made it so.
     *
     * @param total units the model has consumed that count
     */
    record ModelQuotaExhausted(String model, long total, long quotaLimit) implements TokenEvent {
        public ModelQuotaExhausted {
            FieldRules.model("model", model);
            FieldRules.total("total", total);
            FieldRules.limit("quotaLimit", quotaLimit);
        }
    }

    /**
     * Usage given back.
     *
     * @param usageId the usage that is given back, wholly or in part; each is given back once
     * @param model the model of that usage
     * @param currentPeriod whether the usage counts in the current period, so that it now counts
     *     less; true where the token has no periods
     * @param totalAfter units consumed by the token over all its life, refunds subtracted
     */
    record QuotaRefunded(
            String usageId,
            long amount,
            @Nullable String model,
            String reason,
            boolean currentPeriod,
            long totalAfter)
            implements TokenEvent {
        public QuotaRefunded {
            FieldRules.usageId("usageId", usageId);
            FieldRules.amount("amount", amount);
            FieldRules.optionalModel("model", model);
            FieldRules.text("reason", reason, 200);
            FieldRules.total("totalAfter", totalAfter);
        }
    }
}
