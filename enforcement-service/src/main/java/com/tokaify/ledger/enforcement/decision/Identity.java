package com.tokaify.ledger.enforcement.decision;

import com.tokaify.ledger.enforcement.view.TokenEntry;
import com.tokaify.ledger.enforcement.view.TokenState;
import com.tokaify.ledger.enforcement.view.UsedSecret;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.service.access.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a given secret has led to: a token, or the step at which the way ended. */
public sealed interface Identity {

    /**
     * The same as somebody finds it who may know of these accounts alone: the token of another
     * account is no token, in everything that is answered.
     */
    default Identity within(Scope scope) {
        TokenEntry found =
                switch (this) {
                    case NotReady _, NoSecret _, Malformed _, Unknown _ -> null;
                    case Ended ended -> ended.entry();
                    case Known known -> known.entry();
                };
        return found == null || scope.covers(found.account().id()) ? this : new Unknown();
    }

    /**
     * The view cannot be asked.
     *
     * @param why in one sentence for people
     */
    record NotReady(String why) implements Identity {}

    record NoSecret() implements Identity {}

    /** No key of ours, by its length, its letters or its checksum, nor of any other kind. */
    record Malformed() implements Identity {}

    record Unknown() implements Identity {}

    /** It was a token's secret before a rotation, and the grace has ended. */
    record Ended(TokenEntry entry) implements Identity {}

    /**
     * @param secret which of the token's secrets was given; null where its id was
     * @param token as of one moment
     * @param held what is in flight beside it
     * @param position up to where the token's partition was known, at least
     */
    record Known(
            TokenEntry entry,
            TokenState token,
            @Nullable UsedSecret secret,
            Held held,
            Position position,
            Instant now)
            implements Identity {

        /** All that the rules judge by. */
        public Facts facts(Check check) {
            return new Facts(token, entry.account().state(), check, now, held);
        }
    }
}
