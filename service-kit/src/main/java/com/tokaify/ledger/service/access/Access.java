package com.tokaify.ledger.service.access;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.service.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Who sends a request, as an access token says. Methods of controllers take it as an argument;
 * nobody chooses it.
 *
 * @param actor becomes the actor of the events it causes
 * @param scope whose things it may see and touch
 * @param signedInAt when the person last entered a password; null of machines, and where the issuer
 *     does not say
 */
public record Access(Actor actor, Role role, Scope scope, @Nullable Instant signedInAt) {
    /** The code of what a sign-in a while ago does not allow. */
    public static final String SIGN_IN_AGAIN = "SIGN_IN_AGAIN";

    private static final Duration RECENT = Duration.ofMinutes(10);
    private static final Actor LOCAL = new Actor(Actor.Kind.OPERATOR, "local");

    /** Whoever reaches a service that is open, on loopback: the person at this machine. */
    static Access local(Instant now) {
        return new Access(LOCAL, Role.OPERATOR, new Scope.EveryAccount(), now);
    }

    /**
     * Of the request that this thread answers, in a service that is not open.
     *
     * @throws IllegalStateException where it answers nobody
     */
    public static Access ofThisThread() {
        return Callers.current();
    }

    /**
     * For what a session that was left open must not do.
     *
     * @throws ProblemException where nobody has entered a password within the last ten minutes
     */
    public void requireRecentSignIn(Instant now) {
        if (signedInAt == null || signedInAt.isBefore(now.minus(RECENT))) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    SIGN_IN_AGAIN,
                    "This needs a person who signed in within the last "
                            + RECENT.toMinutes()
                            + " minutes; sign in again.");
        }
    }
}
