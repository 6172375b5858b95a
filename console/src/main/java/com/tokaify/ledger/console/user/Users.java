package com.tokaify.ledger.console.user;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import com.tokaify.ledger.console.ConsoleSettings;
import com.tokaify.ledger.console.Grant;
import com.tokaify.ledger.console.RandomText;
import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.UserId;
import com.tokaify.ledger.service.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What happens to users: everything that changes more than one table, or ends sessions. */
@Component
@WithEmbeddedIssuer
public class Users {
    private static final Duration LINK_LIFE = Duration.ofDays(3);

    private final UserTable users;
    private final InvitationTable invitations;
    private final Passwords passwords;
    private final PeoplesSessions sessions;
    private final ConsoleSettings console;
    private final InstantSource clock;
    private final TransactionTemplate transaction;
    private final NoArgGenerator uuids = Generators.timeBasedEpochGenerator();

    Users(
            UserTable users,
            InvitationTable invitations,
            Passwords passwords,
            PeoplesSessions sessions,
            ConsoleSettings console,
            InstantSource clock,
            PlatformTransactionManager transactions) {
        this.users = users;
        this.invitations = invitations;
        this.passwords = passwords;
        this.sessions = sessions;
        this.console = console;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * What an operator hands to somebody; shown once.
     *
     * @param link whoever has it can be that user
     */
    record Link(UserId userId, String link, Instant expiresAt) {
        @Override
        public String toString() {
            return userId + " [hidden]";
        }
    }

    Link invite(@Nullable UserName name, Grant grant) {
        UserId id = new UserId(uuids.generate());
        return within(() -> {
            try {
                users.add(id, name, grant, clock.instant());
            } catch (UserTable.NameTaken e) {
                throw taken(e);
            }
            return newLink(id);
        });
    }

    /** A new invitation, or the way to a new password; the link before it is good no more. */
    Link link(UserId id) {
        User user = existing(id);
        if (user.disabledAt() != null) {
            throw new ProblemException(
                    HttpStatus.CONFLICT, "USER_DISABLED", "The user is disabled.");
        }
        return newLink(id);
    }

    private Link newLink(UserId id) {
        String code = RandomText.next();
        Instant expiresAt = clock.instant().plus(LINK_LIFE);
        invitations.put(id, code, expiresAt);
        return new Link(id, console.url() + "/invitation/" + code, expiresAt);
    }

    /** Whose link it is, where it is good. */
    Optional<User> invited(String code) {
        return invitations
                .find(code, clock.instant())
                .flatMap(users::find)
                .filter(user -> user.disabledAt() == null);
    }

    /**
     * Chooses a name and a password by a link, and uses it up. Whoever was signed in as that user
     * is not any more.
     *
     * @return empty where the link is not good any more
     */
    Optional<User> accept(String code, UserName name, Password password) {
        String hash = passwords.hash(password);
        Optional<User> accepted =
                within(() -> {
                    Optional<User> user = invited(code).filter(_ -> invitations.use(code));
                    user.ifPresent(invited -> {
                        try {
                            users.choose(invited.userId(), name, hash);
                        } catch (UserTable.NameTaken e) {
                            throw taken(e);
                        }
                    });
                    return user;
                });
        accepted.ifPresent(user -> sessions.endAll(user.userId()));
        return accepted;
    }

    /** Keeps the session it is done in. */
    void changePassword(UserId id, Password password, String session) {
        users.changePassword(id, passwords.hash(password));
        sessions.endAllBut(id, session);
    }

    void disable(UserId id) {
        existing(id);
        boolean disabled =
                within(() -> {
                    invitations.end(id);
                    return users.disableUnlessLastOperator(id, clock.instant());
                });
        if (!disabled) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "LAST_OPERATOR",
                    "The last operator cannot be disabled: nobody could let people in.");
        }
        sessions.endAll(id);
    }

    void enable(UserId id) {
        existing(id);
        users.enable(id);
    }

    /** A user that needs no invitation: the first one. False where there are users already. */
    public boolean addFirst(UserName name, String password, Grant grant) {
        String hash = passwords.hash(Password.chosen("password", password, name));
        UserId id = new UserId(uuids.generate());
        try {
            return within(() -> {
                boolean first = users.isEmpty();
                if (first) {
                    users.add(id, name, grant, clock.instant());
                    users.choose(id, name, hash);
                }
                return first;
            });
        } catch (UserTable.NameTaken e) {
            // Another instance has started at the same moment.
            return false;
        }
    }

    private User existing(UserId id) {
        return users.find(id)
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND, "USER_NOT_FOUND", "There is no such user."));
    }

    private static InvalidField taken(UserTable.NameTaken e) {
        InvalidField taken = new InvalidField("name", "is taken by another user");
        taken.initCause(e);
        return taken;
    }

    private <T> T within(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(_ -> work.get()));
    }
}
