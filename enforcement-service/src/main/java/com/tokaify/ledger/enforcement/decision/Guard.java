package com.tokaify.ledger.enforcement.decision;

import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.TokenEntry;
import com.tokaify.ledger.enforcement.view.TokenState;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.secret.LookupHash;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.events.secret.TokenSecret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides checks on the local view. Any number of threads, no locks, nothing waited for. While the
 * view is not ready every check is refused: better no answer than one from half a view.
 */
public final class Guard {
    private final LocalView view;
    private final Pepper pepper;
    private final InstantSource clock;

    public Guard(LocalView view, Pepper pepper, InstantSource clock) {
        this.view = view;
        this.pepper = pepper;
        this.clock = clock;
    }

    public Decision decide(@Nullable GivenSecret given, Check check) {
        if (!view.ready()) {
            return new Decision.Unidentified(Code.VIEW_NOT_READY);
        }
        if (given == null || given.text().isBlank()) {
            return new Decision.Unidentified(Code.TOKEN_MISSING);
        }
        // The checksum first: a mistyped or made-up key costs no hash and no lookup.
        Optional<TokenSecret> secret = TokenSecret.parse(given.text());
        if (secret.isEmpty()) {
            return new Decision.Unidentified(Code.TOKEN_NOT_FOUND);
        }
        LookupHash hash = pepper.hash(secret.get());
        Optional<TokenEntry> entry = view.find(hash);
        return entry.isEmpty()
                ? new Decision.Unidentified(Code.TOKEN_NOT_FOUND)
                : decide(entry.get(), hash, check, clock.instant());
    }

    private Decision decide(TokenEntry entry, LookupHash hash, Check check, Instant now) {
        // Before the state is read, so that what is decided on is never older than it says.
        Position position = view.position(entry.partition());
        TokenState token = entry.state();
        if (!token.secrets().accept(hash, now)) {
            return new Decision.Unidentified(Code.TOKEN_NOT_FOUND);
        }
        Code code = Rule.judgeAll(new Facts(token, entry.account().state(), check, now));
        return new Decision.Identified(
                code,
                entry.id(),
                entry.account().id(),
                token.terms().group(),
                token.remaining(),
                token.terms().expiresAt(),
                position);
    }

    /**
     * Whose secret this is, whatever its standing: for usage, which has happened and is booked even
     * where the token was deleted or the secret's grace has ended meanwhile.
     */
    public Optional<TokenEntry> owner(GivenSecret given) {
        return TokenSecret.parse(given.text()).map(pepper::hash).flatMap(view::find);
    }
}
