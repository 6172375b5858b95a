package com.tokaify.ledger.console.user;

import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.UserId;
import com.tokaify.ledger.service.problem.Problem;
import com.tokaify.ledger.service.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Who is signed in changes their own password. All their other sessions end. */
@RestController
@WithEmbeddedIssuer
class PasswordController {
    private final UserTable table;
    private final Users users;
    private final Passwords passwords;
    private final SignInLimit limit;

    PasswordController(UserTable table, Users users, Passwords passwords, SignInLimit limit) {
        this.table = table;
        this.users = users;
        this.passwords = passwords;
        this.limit = limit;
    }

    /**
     * @param current so that an unlocked screen is not enough
     */
    record Change(String current, String next) {
        @Override
        public String toString() {
            return "[hidden]";
        }
    }

    @PostMapping("/api/password")
    ResponseEntity<?> change(
            @RequestBody Change change, Authentication signedIn, HttpServletRequest request) {
        UserId id = UserId.parse(signedIn.getName());
        User user =
                table.find(id)
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "USER_NOT_FOUND",
                                        "There is no such user."));
        UserName name = new UserName(user.shownName());
        Password next = Password.chosen("next", change.next(), name);
        Optional<Duration> wait = limit.tried(name.key(), request.getRemoteAddr());
        if (wait.isPresent()) {
            return Problem.of(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "TOO_MANY_TRIES",
                            "Too many wrong passwords; try again later.")
                    .responseUntil(wait.get().toSeconds());
        }
        if (!passwords.matches(change.current(), table.passwordHash(id))) {
            throw new InvalidField("current", "is not your password");
        }
        limit.succeeded(name.key(), request.getRemoteAddr());
        users.changePassword(id, next, request.getSession().getId());
        return ResponseEntity.noContent().build();
    }
}
