package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;

import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.token.TokenCommand.Booking;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.Consumption;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.command.token.TokenState.Deleted;
import com.tokaify.ledger.command.token.TokenState.Live;
import com.tokaify.ledger.command.token.TokenState.Unborn;
import com.tokaify.ledger.command.token.UsageCommand.Refund;
import com.tokaify.ledger.command.token.UsageCommand.RefundUsage;
import com.tokaify.ledger.command.token.UsageCommand.StartQuotaPeriod;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a token answers about its usage: pure functions of its state and the command. */
final class UsageDecider {
    private UsageDecider() {}

    static Decision<Consumption> decide(TokenState state, ConsumeQuota command) {
        if (command.earlier().isPresent()) {
            return repeated(state, command, command.earlier().get());
        }
        return switch (state) {
            case Unborn _ -> TokenDecider.unknown(command.tokenId());
            case Deleted deleted ->
                    command.booking() == Booking.HAPPENED
                            ? book(command, Quota.unlimited(deleted.total()), null)
                            : TokenDecider.deleted(command.tokenId());
            case Live live -> consume(live, command);
        };
    }

    /** In the period of the command's time, also where no event has begun it yet. */
    private static Decision<Consumption> consume(Live live, ConsumeQuota command) {
        QuotaPeriodStarted renewal = live.quota().renewal(command.context().at());
        Quota quota = renewal == null ? live.quota() : live.quota().started(renewal);
        return switch (command.booking()) {
            case HAPPENED -> book(command, quota, renewal);
            case STRICT ->
                    whyNot(live, quota, command).orElseGet(() -> book(command, quota, renewal));
        };
    }

    /** Free checks first, the quota last: the token's, then the model's. */
    private static Optional<Decision<Consumption>> whyNot(
            Live live, Quota quota, ConsumeQuota command) {
        Profile profile = live.profile();
        if (!live.enabled()) {
            return Optional.of(refuse(Refusal.TOKEN_DISABLED, "The token is disabled."));
        }
        if (live.hasExpired(command.context().at())) {
            return Optional.of(
                    refuse(
                            Refusal.TOKEN_EXPIRED,
                            "The token expired at " + profile.expiresAt() + "."));
        }
        if (profile.models() != null && command.model() == null) {
            return Optional.of(
                    refuse(
                            Refusal.MODEL_MISSING,
                            "The token is restricted to certain models; name the one that is used."));
        }
        if (command.model() != null && !profile.allows(command.model())) {
            return Optional.of(
                    refuse(
                            Refusal.MODEL_NOT_ALLOWED,
                            "The token may not use the model " + command.model() + "."));
        }
        Long left = quota.remaining();
        if (left != null && command.amount() > left) {
            return Optional.of(tooMuch(command, left + " units left"));
        }
        Long leftOfModel = quota.remaining(command.model());
        if (leftOfModel != null && command.amount() > leftOfModel) {
            return Optional.of(
                    tooMuch(command, leftOfModel + " units left for the model " + command.model()));
        }
        return Optional.empty();
    }

    private static Decision<Consumption> tooMuch(ConsumeQuota command, String what) {
        return refuse(
                Refusal.QUOTA_EXHAUSTED,
                "The token has " + what + ", " + command.amount() + " are needed.");
    }

    private static Decision<Consumption> book(
            ConsumeQuota command, Quota quota, @Nullable QuotaPeriodStarted renewal) {
        if (quota.total() > FieldRules.MAX_TOTAL - command.amount()) {
            return refuse(
                    Refusal.TOTAL_OVERFLOW,
                    "The token's total would exceed " + FieldRules.MAX_TOTAL + " units.");
        }
        QuotaConsumed booked =
                new QuotaConsumed(
                        command.usageId(),
                        command.amount(),
                        command.model(),
                        quota.total() + command.amount(),
                        quota.isExceededBy(command.amount(), command.model()));
        Quota after = quota.consumed(booked);
        List<TokenEvent> events = new ArrayList<>(2);
        if (renewal != null) {
            events.add(renewal);
        }
        events.add(booked);
        events.addAll(after.unsaid());
        return new Decision.Accepted<>(
                events,
                new Consumption(
                        command.tokenId(),
                        command.usageId(),
                        command.amount(),
                        after.total(),
                        after.remaining()));
    }

    /**
     * The same usage again: the same answer and no event. The same name for another usage: a
     * conflict.
     */
    private static Decision<Consumption> repeated(
            TokenState state, ConsumeQuota command, Earlier<QuotaConsumed> earlier) {
        QuotaConsumed booked = earlier.event();
        if (booked.amount() != command.amount()
                || !Objects.equals(booked.model(), command.model())) {
            return refuse(
                    Refusal.USAGE_ID_CONFLICT,
                    "The usage "
                            + command.usageId()
                            + " was booked before with amount "
                            + booked.amount()
                            + (booked.model() == null
                                    ? "."
                                    : " and model " + booked.model() + "."));
        }
        return accept(
                new Consumption(
                        command.tokenId(),
                        command.usageId(),
                        command.amount(),
                        booked.totalAfter(),
                        remaining(state, command, earlier.sequence(), booked.totalAfter())));
    }

    /** Also of a deleted token: the books go on. */
    static Decision<Refund> decide(TokenState state, RefundUsage command) {
        if (state instanceof Unborn) {
            return TokenDecider.unknown(command.tokenId());
        }
        if (command.earlier().isPresent()) {
            return refundedBefore(state, command, command.earlier().get());
        }
        if (command.usage().isEmpty()) {
            return refuse(
                    Refusal.USAGE_NOT_FOUND, "The token has no usage " + command.usageId() + ".");
        }
        Earlier<QuotaConsumed> usage = command.usage().get();
        if (command.amount() > usage.event().amount()) {
            return refuse(
                    Refusal.REFUND_EXCEEDS_USAGE,
                    "The usage "
                            + command.usageId()
                            + " has an amount of "
                            + usage.event().amount()
                            + ", "
                            + command.amount()
                            + " cannot be given back.");
        }
        return giveBack(state, command, usage);
    }

    private static Decision<Refund> giveBack(
            TokenState state, RefundUsage command, Earlier<QuotaConsumed> usage) {
        QuotaRefunded refunded =
                new QuotaRefunded(
                        command.usageId(),
                        command.amount(),
                        usage.event().model(),
                        command.reason(),
                        usage.sequence() > countsFrom(state),
                        quota(state).total() - command.amount());
        Quota after = quota(state).refunded(refunded);
        return accept(
                new Refund(
                        command.tokenId(),
                        command.usageId(),
                        command.amount(),
                        after.total(),
                        after.at(command.context().at()).remaining()),
                refunded);
    }

    private static Decision<Refund> refundedBefore(
            TokenState state, RefundUsage command, Earlier<QuotaRefunded> earlier) {
        QuotaRefunded refunded = earlier.event();
        if (refunded.amount() != command.amount()) {
            return refuse(
                    Refusal.REFUND_CONFLICT,
                    "The usage "
                            + command.usageId()
                            + " was refunded before with amount "
                            + refunded.amount()
                            + ".");
        }
        return accept(
                new Refund(
                        command.tokenId(),
                        command.usageId(),
                        command.amount(),
                        refunded.totalAfter(),
                        remaining(state, command, earlier.sequence(), refunded.totalAfter())));
    }

    static Decision<Done> decide(TokenState state, StartQuotaPeriod command) {
        Done done = new Done(command.tokenId());
        return switch (state) {
            case Unborn _ -> TokenDecider.unknown(command.tokenId());
            case Deleted _ -> accept(done);
            case Live live -> {
                QuotaPeriodStarted renewal = live.quota().renewal(command.context().at());
                yield renewal == null || live.quota().counted() == 0
                        ? accept(done)
                        : accept(done, renewal);
            }
        };
    }

    /**
     * What a limit of today left when the total was that; of a period that is over nobody knows any
     * more, and what is left now is told.
     */
    private static @Nullable Long remaining(
            TokenState state, TokenCommand<?> command, long sequence, long totalThen) {
        Quota quota = quota(state);
        return sequence > countsFrom(state)
                ? quota.remainingOf(totalThen - quota.base())
                : quota.at(command.context().at()).remaining();
    }

    private static Quota quota(TokenState state) {
        return switch (state) {
            case Unborn _ -> Quota.unlimited(0);
            case Live live -> live.quota();
            case Deleted deleted -> Quota.unlimited(deleted.total());
        };
    }

    private static long countsFrom(TokenState state) {
        return switch (state) {
            case Unborn _ -> TokenState.ALWAYS;
            case Live live -> live.countsFrom();
            case Deleted deleted -> deleted.countsFrom();
        };
    }
}
