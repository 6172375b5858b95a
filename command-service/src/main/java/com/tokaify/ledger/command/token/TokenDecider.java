package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;

import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.DeleteToken;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.command.token.TokenCommand.EnableToken;
import com.tokaify.ledger.command.token.TokenCommand.Enabled;
import com.tokaify.ledger.command.token.TokenCommand.ExpireToken;
import com.tokaify.ledger.command.token.TokenState.Deleted;
import com.tokaify.ledger.command.token.TokenState.Live;
import com.tokaify.ledger.command.token.TokenState.Unborn;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.id.TokenId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a token answers about its life: pure functions of its state and the command. */
final class TokenDecider {
    private TokenDecider() {}

    static Decision<Done> decide(TokenState state, CreateToken command) {
        return switch (state) {
            case Unborn _ when !command.context().scope().covers(command.accountId()) ->
                    Decision.notFound(command.accountId());
            case Unborn _ when command.holder().isPresent() ->
                    SecretDecider.inUse(command.holder().get());
            case Unborn _ ->
                    new Decision.Accepted<>(creation(command), new Done(command.tokenId()));
            case Live _, Deleted _ ->
                    throw new IllegalStateException(command.tokenId() + " exists already");
        };
    }

    private static List<TokenEvent> creation(CreateToken command) {
        TokenSettings settings = command.settings();
        List<TokenEvent> events = new ArrayList<>();
        events.add(
                new TokenCreated(
                        command.accountId(),
                        settings.name(),
                        settings.group(),
                        settings.restrictions(),
                        command.lookupHash(),
                        command.mask()));
        if (command.provenance() != null) {
            events.addAll(command.provenance().events());
        }
        if (settings.rateLimits() != null) {
            events.add(new RateLimitsChanged(settings.rateLimits()));
        }
        events.addAll(
                SettingsDecider.quotaEvents(
                        Quota.of(settings.quotaLimit()), settings, command.context().at()));
        return events;
    }

    /** The switch is one thing, time and quota are others: what still refuses is told. */
    static Decision<Enabled> decide(TokenState state, EnableToken command) {
        return switch (state) {
            case Unborn _ -> unknown(command.tokenId());
            case Deleted _ -> deleted(command.tokenId());
            case Live live -> {
                Enabled enabled =
                        new Enabled(
                                command.tokenId(),
                                true,
                                stillRefused(live, command.context().at()));
                yield live.enabled() ? accept(enabled) : accept(enabled, new TokenEnabled());
            }
        };
    }

    private static @Nullable Refusal stillRefused(Live live, Instant at) {
        if (live.hasExpired(at)) {
            return Refusal.TOKEN_EXPIRED;
        }
        Long left = live.quota().at(at).remaining();
        return left != null && left == 0 ? Refusal.QUOTA_EXHAUSTED : null;
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

    static Decision<Done> decide(TokenState state, DeleteToken command) {
        return switch (state) {
            case Unborn _ -> unknown(command.tokenId());
            case Live _ -> accept(new Done(command.tokenId()), new TokenDeleted());
            case Deleted _ -> accept(new Done(command.tokenId()));
        };
    }

    static Decision<Done> decide(TokenState state, ExpireToken command) {
        return switch (state) {
            case Unborn _ -> unknown(command.tokenId());
            case Deleted _ -> accept(new Done(command.tokenId()));
            case Live live -> {
                Instant expiresAt = live.profile().expiresAt();
                yield live.expired()
                                || expiresAt == null
                                || expiresAt.isAfter(command.context().at())
                        ? accept(new Done(command.tokenId()))
                        : accept(new Done(command.tokenId()), new TokenExpired(expiresAt));
            }
        };
    }

    static <A> Decision<A> unknown(TokenId tokenId) {
        return Decision.notFound(tokenId);
    }

    static <A> Decision<A> deleted(TokenId tokenId) {
        return refuse(Refusal.TOKEN_DELETED, "The token " + tokenId + " was deleted.");
    }
}
