package com.tokaify.ledger.console.user;

import com.tokaify.ledger.console.Grant;
import com.tokaify.ledger.console.Role;
import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Operators let people in, and keep them out. */
@RestController
@WithEmbeddedIssuer
@RequestMapping("/api/users")
class UserController {
    private final UserTable table;
    private final Users users;

    UserController(UserTable table, Users users) {
        this.table = table;
        this.users = users;
    }

    /**
     * @param name what they may change when they accept; none is theirs to choose
     */
    record Invitation(@Nullable String name, Role role, @Nullable AccountId accountId) {}

    record Item(
            UserId userId,
            @Nullable String name,
            Role role,
            @Nullable String accountId,
            String state,
            Instant createdAt,
            @Nullable Instant lastSignedInAt) {}

    record Items(List<Item> items) {}

    @GetMapping
    Items all() {
        return new Items(table.all().stream().map(UserController::item).toList());
    }

    private static Item item(User user) {
        return new Item(
                user.userId(),
                user.name(),
                user.grant().role(),
                user.grant().accountText(),
                user.state().name().toLowerCase(Locale.ROOT),
                user.createdAt(),
                user.lastSignedInAt());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Users.Link invite(@RequestBody Invitation invitation) {
        String name = invitation.name();
        return users.invite(
                name == null || name.isBlank() ? null : new UserName(name),
                new Grant(invitation.role(), invitation.accountId()));
    }

    @PostMapping("/{userId}/link")
    @ResponseStatus(HttpStatus.CREATED)
    Users.Link link(@PathVariable UserId userId) {
        return users.link(userId);
    }

    @PostMapping("/{userId}/disable")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void disable(@PathVariable UserId userId) {
        users.disable(userId);
    }

    @PostMapping("/{userId}/enable")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void enable(@PathVariable UserId userId) {
        users.enable(userId);
    }
}
