package com.tokaify.ledger.enforcement.decision;

import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.TokenEntry;
import com.tokaify.ledger.enforcement.view.TokenState;
import com.tokaify.ledger.enforcement.view.UsedSecret;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.id.TokenId;
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
 * view is not ready every check is refused: better no answer than one from half a view.
 */
public final class Guard {
    private final LocalView view;
    private final Pepper pepper;
    private final InFlight inFlight;
    private final InstantSource clock;

    /** A guard of an instance that reserves nothing. */
    public Guard(LocalView view, Pepper pepper, InstantSource clock) {
        this(view, pepper, InFlight.NONE, clock);
    }

    public Guard(LocalView view, Pepper pepper, InFlight inFlight, InstantSource clock) {
        this.view = view;
        this.inFlight = inFlight;
        this.pepper = pepper;
        this.clock = clock;
    }

    public Decision decide(@Nullable GivenSecret given, Check check) {
        return decide(identify(given), check);
    }

    /** The same for a secret whose token is known by now. */
    public Decision decide(Identity identity, Check check) {
        return switch (identity) {
            case Identity.NotReady _ -> new Decision.Unidentified(Code.VIEW_NOT_READY);
            case Identity.NoSecret _ -> new Decision.Unidentified(Code.TOKEN_MISSING);
            case Identity.Malformed _, Identity.Unknown _, Identity.Ended _ ->
                    new Decision.Unidentified(Code.TOKEN_NOT_FOUND);
            case Identity.Known known -> decide(known, known.facts(check));
        };
    }

    private static Decision decide(Identity.Known known, Facts facts) {
        return new Decision.Identified(
                Rule.judgeAll(facts),
                known.entry().id(),
                known.entry().account().id(),
                known.token().terms().group(),
                Objects.requireNonNull(known.secret()),
                facts.remaining(),
                known.token().terms().expiresAt(),
                known.position());
    }

    /** Where a secret leads to. Every decision begins with this. */
    public Identity identify(@Nullable GivenSecret given) {
        if (!view.ready()) {
            return new Identity.NotReady();
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
        return entry.isEmpty() ? new Identity.Unknown() : identify(entry.get(), hash);
    }

    /** The token of an id, as its owner speaks of it. */
    public Identity identify(TokenId id) {
        if (!view.ready()) {
            return new Identity.NotReady();
        }
        Optional<TokenEntry> entry = view.find(id);
        return entry.isEmpty() ? new Identity.Unknown() : identify(entry.get(), null);
    }

    private Identity identify(TokenEntry entry, @Nullable LookupHash hash) {
        // Both before the state is read: what is decided on is never older than it says, and a
        // usage that is booked now counts twice rather than not at all.
        Position position = view.position(entry.partition());
        Held held = inFlight.of(entry.account().id(), entry.id());
        TokenState token = entry.state();
        Instant now = clock.instant();
        if (hash == null) {
            return new Identity.Known(entry, token, null, held, position, now);
        }
        Optional<UsedSecret> used = token.secrets().accept(hash, now);
        return used.isEmpty()
                ? new Identity.Ended()
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
