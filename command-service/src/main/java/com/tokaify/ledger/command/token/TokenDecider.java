package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;

import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.token.TokenCommand.Booking;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.Consumption;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.command.token.TokenCommand.EnableToken;
import com.tokaify.ledger.command.token.TokenState.Deleted;
import com.tokaify.ledger.command.token.TokenState.Live;
import com.tokaify.ledger.command.token.TokenState.Unborn;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.id.TokenId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a token answers to each command: pure functions of its state and the command. */
final class TokenDecider {
    private TokenDecider() {}

    static Decision<Done> decide(TokenState state, CreateToken command) {
        return switch (state) {
            case Unborn _ ->
                    accept(
                            new Done(command.tokenId()),
                            new TokenCreated(
                                    command.accountId(),
                                    command.name(),
                                    command.group(),
                                    command.restrictions(),
                                    command.lookupHash(),
                                    command.mask()));
            case Live _, Deleted _ ->
                    throw new IllegalStateException(command.tokenId() + " exists already");
        };
    }

    static Decision<Done> decide(TokenState state, EnableToken command) {
        return switch (state) {
            case Unborn _ -> unknown(command.tokenId());
            case Deleted _ -> deleted(command.tokenId());
            case Live live when live.enabled() -> accept(new Done(command.tokenId()));
            case Live _ -> accept(new Done(command.tokenId()), new TokenEnabled());
        };
    }

    static Decision<Done> decide(TokenState state, DisableToken command) {
        return switch (state) {
            case Unborn _ -> unknown(command.tokenId());
            case Deleted _ -> deleted(command.tokenId());
            case Live live when live.enabled() ->
                    accept(new Done(command.tokenId()), new TokenDisabled(command.reason()));
            case Live _ -> accept(new Done(command.tokenId()));
        };
    }

    static Decision<Consumption> decide(TokenState state, ConsumeQuota command) {
        if (command.earlier().isPresent()) {
            return repeated(state, command, command.earlier().get());
        }
        return switch (state) {
            case Unborn _ -> unknown(command.tokenId());
            case Deleted deleted ->
                    command.booking() == Booking.HAPPENED
                            ? book(command, deleted.total(), null, true)
                            : deleted(command.tokenId());
            case Live live ->
                    switch (command.booking()) {
                        case HAPPENED ->
                                book(
                                        command,
                                        live.quota().total(),
                                        live.quota().limit(),
                                        live.quota().exhausted());
                        case STRICT ->
                                whyNot(live, command)
                                        .orElseGet(() ->
                                                book(
                                                        command,
                                                        live.quota().total(),
                                                        live.quota().limit(),
                                                        live.quota().exhausted()));
                    };
        };
    }

    /** Free checks first, the quota last. */
    private static Optional<Decision<Consumption>> whyNot(Live live, ConsumeQuota command) {
        if (!live.enabled()) {
            return Optional.of(refuse(Refusal.TOKEN_DISABLED, "The token is disabled."));
        }
        if (live.hasExpired(command.context().at())) {
            return Optional.of(
                    refuse(
                            Refusal.TOKEN_EXPIRED,
                            "The token expired at " + live.profile().expiresAt() + "."));
        }
        if (live.profile().models() != null && command.model() == null) {
            return Optional.of(
                    refuse(
                            Refusal.MODEL_MISSING,
                            "The token is restricted to certain models; name the one that is used."));
        }
        if (command.model() != null && !live.profile().allows(command.model())) {
            return Optional.of(
                    refuse(
                            Refusal.MODEL_NOT_ALLOWED,
                            "The token may not use the model " + command.model() + "."));
        }
        Long remaining = remaining(live.quota().limit(), live.quota().total());
        if (remaining != null && command.amount() > remaining) {
            return Optional.of(
                    refuse(
                            Refusal.QUOTA_EXHAUSTED,
                            "The token has "
                                    + remaining
                                    + " units left, "
                                    + command.amount()
                                    + " are needed."));
        }
        return Optional.empty();
    }

    private static Decision<Consumption> book(
            ConsumeQuota command, long consumed, @Nullable Long limit, boolean saidExhausted) {
        if (consumed > FieldRules.MAX_TOTAL - command.amount()) {
            return refuse(
                    Refusal.TOTAL_OVERFLOW,
                    "The token's total would exceed " + FieldRules.MAX_TOTAL + " units.");
        }
        long total = consumed + command.amount();
        boolean overrun = limit != null && total > limit;
        QuotaConsumed booked =
                new QuotaConsumed(
                        command.usageId(), command.amount(), command.model(), total, overrun);
        Consumption answer =
                new Consumption(
                        command.tokenId(),
                        command.usageId(),
                        command.amount(),
                        total,
                        remaining(limit, total));
        return limit != null && total >= limit && !saidExhausted
                ? accept(answer, booked, new QuotaExhausted(total, limit))
                : accept(answer, booked);
    }

    /**
     * The same usage again: the same answer and no event. The same name for another usage: a
     * conflict.
     */
    private static Decision<Consumption> repeated(
            TokenState state, ConsumeQuota command, QuotaConsumed earlier) {
        if (earlier.amount() != command.amount()
                || !Objects.equals(earlier.model(), command.model())) {
            return refuse(
                    Refusal.USAGE_ID_CONFLICT,
                    "The usage "
                            + command.usageId()
                            + " was booked before with amount "
                            + earlier.amount()
                            + (earlier.model() == null
                                    ? "."
                                    : " and model " + earlier.model() + "."));
        }
        Long limit = state instanceof Live live ? live.quota().limit() : null;
        return accept(
                new Consumption(
                        command.tokenId(),
                        command.usageId(),
                        command.amount(),
                        earlier.totalAfter(),
                        remaining(limit, earlier.totalAfter())));
    }

    private static @Nullable Long remaining(@Nullable Long limit, long consumed) {
        return limit == null ? null : Math.max(0, limit - consumed);
    }

    static <A> Decision<A> unknown(TokenId tokenId) {
        return refuse(Refusal.TOKEN_NOT_FOUND, "There is no token " + tokenId + ".");
    }

    static <A> Decision<A> deleted(TokenId tokenId) {
        return refuse(Refusal.TOKEN_DELETED, "The token " + tokenId + " was deleted.");
    }
}
