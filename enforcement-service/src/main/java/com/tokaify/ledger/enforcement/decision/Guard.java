package com.tokaify.ledger.enforcement.decision;

import com.tokaify.ledger.enforcement.rate.RateAnswer;
import com.tokaify.ledger.enforcement.rate.RateMeters;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.TokenEntry;
import com.tokaify.ledger.enforcement.view.TokenState;
import com.tokaify.ledger.enforcement.view.UsedSecret;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.secret.LookupHash;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides checks on the local view. Any number of threads, no locks, nothing waited for. While the
 * view is not ready, or is older than allowed, every check is refused: better no answer than one
 * from half a view.
 */
public final class Guard {
    private static final String STALE =
            "This instance has not heard from the ledger for too long; ask another one or try"
                    + " again.";

    private final LocalView view;
    private final Pepper pepper;
    private final InFlight inFlight;
    private final InstantSource clock;
    private final RateMeters meters;

    /** A guard of an instance that reserves nothing. */
    public Guard(LocalView view, Pepper pepper, InstantSource clock) {
        this(view, pepper, InFlight.NONE, clock, RateMeters.system());
    }

    public Guard(
            LocalView view,
            Pepper pepper,
            InFlight inFlight,
            InstantSource clock,
            RateMeters meters) {
        this.view = view;
        this.inFlight = inFlight;
        this.pepper = pepper;
        this.clock = clock;
        this.meters = meters;
    }

    /** A call that is allowed has used the token's rate limits. */
    public Decision decide(@Nullable GivenSecret given, Check check) {
        return decide(identify(given), check);
    }

    /** The same for a secret whose token is known by now. */
    public Decision decide(Identity identity, Check check) {
        return switch (identity) {
            case Identity.NotReady(String why) ->
                    new Decision.Unidentified(Code.VIEW_NOT_READY, why);
            case Identity.NoSecret _ -> new Decision.Unidentified(Code.TOKEN_MISSING);
            case Identity.Malformed _, Identity.Unknown _, Identity.Ended _ ->
                    new Decision.Unidentified(Code.TOKEN_NOT_FOUND);
            case Identity.Known known -> decide(known, known.facts(check));
        };
    }

    private Decision decide(Identity.Known known, Facts facts) {
        return new Decision.Identified(
                withinRate(Verdict.of(facts), known, facts.check()),
                known.entry().id(),
                known.entry().account().id(),
                known.token().group(),
                Objects.requireNonNull(known.secret()),
                facts.remaining(),
                known.token().expiresAt(),
                known.position());
    }

    /** Last of all, since a call that is refused for anything else must use nothing up. */
    private Verdict withinRate(Verdict soFar, Identity.Known known, Check check) {
        return soFar.code() == Code.OK
                ? Verdict.of(
                        meters.take(known.entry().id(), known.token().rateLimits(), check.units()))
                : soFar;
    }

    /** Whether the token's rate limits have room for a call, which this is none of. */
    public RateAnswer rateOf(Identity.Known known, Check check) {
        return meters.look(known.entry().id(), known.token().rateLimits(), check.units());
    }

    /** Where a secret leads to. Every decision begins with this. */
    public Identity identify(@Nullable GivenSecret given) {
        if (!view.mayDecide()) {
            return notReady();
        }
        if (given == null || given.text().isBlank()) {
            return new Identity.NoSecret();
        }
        Optional<TokenSecret> secret = parse(given);
        if (secret.isEmpty()) {
            return new Identity.Malformed();
        }
        LookupHash hash = pepper.hash(secret.get());
        Optional<TokenEntry> entry = view.find(hash);
        if (entry.isEmpty()) {
            return unknown();
        }
        // Both before the state is read: what is decided on is never older than it says, and a
        // usage that is booked now counts twice rather than not at all.
        Position position = view.position(entry.get().partition());
        Held held = held(entry.get());
        Optional<TokenEntry> newest = view.find(hash);
        return newest.isEmpty() ? unknown() : identify(newest.get(), hash, position, held);
    }

    /** The token of an id, as its owner speaks of it. */
    public Identity identify(TokenId id) {
        if (!view.mayDecide()) {
            return notReady();
        }
        Optional<TokenEntry> entry = view.find(id);
        if (entry.isEmpty()) {
            return unknown();
        }
        Position position = view.position(entry.get().partition());
        Held held = held(entry.get());
        Optional<TokenEntry> newest = view.find(id);
        return newest.isEmpty() ? unknown() : identify(newest.get(), null, position, held);
    }

    private Held held(TokenEntry entry) {
        return inFlight.of(entry.account().id(), entry.id());
    }

    private Identity.NotReady notReady() {
        return new Identity.NotReady(view.ready() ? STALE : Code.VIEW_NOT_READY.message());
    }

    /** Nothing is known to a view that was emptied after it was asked whether it may be. */
    private Identity unknown() {
        return view.mayDecide() ? new Identity.Unknown() : notReady();
    }

    private Identity identify(
            TokenEntry entry, @Nullable LookupHash hash, Position position, Held held) {
        TokenState token = entry.state();
        Instant now = clock.instant();
        if (hash == null) {
            return new Identity.Known(entry, token, null, held, position, now);
        }
        Optional<UsedSecret> used = token.accept(hash, now);
        return used.isEmpty()
                ? new Identity.Ended(entry)
                : new Identity.Known(entry, token, used.get(), held, position, now);
    }

    /**
     * Whose secret this is, whatever its standing: for usage, which has happened and is booked even
     * where the token was deleted or the secret's grace has ended meanwhile.
     */
    public Optional<TokenEntry> owner(GivenSecret given) {
        return parse(given).map(pepper::hash).flatMap(view::find);
    }

    /**
     * The checksum first: a mistyped key of ours costs no hash and no lookup. One that another
     * system has made, and the ledger may have taken over, has none and must be looked up.
     */
    private static Optional<TokenSecret> parse(GivenSecret given) {
        return TokenSecret.parse(given.text()).or(() -> TokenSecret.parseForeign(given.text()));
    }
}
