package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;

import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.token.SecretCommand.RevealSecret;
import com.tokaify.ledger.command.token.SecretCommand.Revealed;
import com.tokaify.ledger.command.token.SecretCommand.RotateSecret;
import com.tokaify.ledger.command.token.SecretCommand.Rotated;
import com.tokaify.ledger.command.token.TokenState.Deleted;
import com.tokaify.ledger.command.token.TokenState.Live;
import com.tokaify.ledger.command.token.TokenState.Unborn;
import com.tokaify.ledger.events.TokenEvent.SecretRevealed;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.id.StreamId;
import org.jspecify.annotations.Nullable;

/** What a token answers about its secret: pure functions of its state and the command. */
final class SecretDecider {
    private SecretDecider() {}

    /** Also of a token that may not be used: its owner may want to see which one it is. */
    static Decision<Revealed> decide(TokenState state, RevealSecret command) {
        return switch (state) {
            case Unborn _ -> TokenDecider.unknown(command.tokenId());
            case Deleted _ -> TokenDecider.deleted(command.tokenId());
            case Live _ when !command.recoverable() ->
                    refuse(
                            Refusal.SECRET_NOT_RECOVERABLE,
                            "Only the hash of this token's secret is known; rotate it to get one"
                                    + " that can be shown.");
            case Live live ->
                    accept(
                            new Revealed(
                                    command.tokenId(),
                                    live.secretVersion(),
                                    anyModelOf(live.profile())),
                            new SecretRevealed(command.how()));
        };
    }

    static Decision<Rotated> decide(TokenState state, RotateSecret command) {
        return switch (state) {
            case Unborn _ -> TokenDecider.unknown(command.tokenId());
            case Deleted _ -> TokenDecider.deleted(command.tokenId());
            case Live _ when command.holder().isPresent() -> inUse(command.holder().get());
            case Live live ->
                    accept(
                            new Rotated(
                                    command.tokenId(),
                                    live.accountId(),
                                    live.secretVersion() + 1,
                                    command.previousValidUntil()),
                            new SecretRotated(
                                    command.newHash(),
                                    command.newMask(),
                                    command.previousValidUntil()));
        };
    }

    private static @Nullable String anyModelOf(Profile profile) {
        return profile.models() == null ? null : profile.models().getFirst();
    }

    /** A secret names one token for ever, or a check could not tell whose it is. */
    static <A> Decision<A> inUse(StreamId holder) {
        return refuse(Refusal.SECRET_IN_USE, "The token " + holder + " has or had this secret.");
    }
}
