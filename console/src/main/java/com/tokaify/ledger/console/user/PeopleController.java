package com.tokaify.ledger.console.user;

import com.tokaify.ledger.console.oidc.People;
import com.tokaify.ledger.console.oidc.Person;
import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.UserId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What people are called, for who is signed in and may know them: events name people by their ids
 * alone, and so does everything the services tell.
 */
@RestController
@WithEmbeddedIssuer
class PeopleController {
    private static final String ID = "id";

    /** As many as query-service tells the names of at once. */
    private static final int MOST = 200;

    private final People people;
    private final UserTable users;

    PeopleController(People people, UserTable users) {
        this.people = people;
        this.users = users;
    }

    record Named(UserId userId, String name) {}

    record Names(List<Named> items) {}

    /**
     * In the order of their ids. Who is not known, has no name yet, or is none of the asker's
     * business, is left out.
     *
     * @param parameters {@code id} of a person, up to 200 times
     */
    @GetMapping("/api/people")
    Names names(Authentication signedIn, @RequestParam MultiValueMap<String, String> parameters) {
        Person asker = people.of(signedIn);
        return new Names(
                users
                        .named(ids(parameters.get(ID)), UserId.parse(asker.userId()), asker.grant())
                        .stream()
                        .map(user -> new Named(user.userId(), Objects.requireNonNull(user.name())))
                        .toList());
    }

    private static List<UserId> ids(@Nullable List<String> given) {
        if (given == null) {
            throw new InvalidField(ID, "is required");
        }
        if (given.size() > MOST) {
            throw new InvalidField(ID, "must be given at most " + MOST + " times");
        }
        return given.stream().map(PeopleController::id).toList();
    }

    private static UserId id(String text) {
        try {
            return UserId.parse(text);
        } catch (InvalidField e) {
            throw new InvalidField(ID, e.rule());
        }
    }
}
