package com.tokaify.ledger.console.browser;

import com.tokaify.ledger.console.ConsoleSettings;
import com.tokaify.ledger.console.Role;
import com.tokaify.ledger.console.forward.ServiceSettings;
import com.tokaify.ledger.console.oidc.OidcSettings;
import com.tokaify.ledger.console.oidc.People;
import com.tokaify.ledger.console.oidc.Person;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DeferredCsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the page has to know before it shows anything. */
@RestController
class MeController {
    private static final List<String> LANGUAGES = List.of("en", "zh");

    private final ConsoleSettings console;
    private final OidcSettings oidc;
    private final People people;
    private final ServiceSettings services;

    MeController(
            ConsoleSettings console, OidcSettings oidc, People people, ServiceSettings services) {
        this.console = console;
        this.oidc = oidc;
        this.people = people;
        this.services = services;
    }

    /**
     * @param ownUsers whether people are kept here, so that there are passwords and invitations
     * @param csrf what every request that changes something carries in a header
     */
    record Me(
            String userId,
            String name,
            Role role,
            @Nullable String accountId,
            @Nullable Instant signedInAt,
            boolean ownUsers,
            Csrf csrf) {}

    record Csrf(String headerName, String token) {}

    /**
     * @param enforcementInstances how many answer gateways: what is in force is so at all of them
     */
    record Settings(URI apiUrl, List<String> languages, int enforcementInstances) {}

    @GetMapping("/api/me")
    Me me(Authentication signedIn, HttpServletRequest request) {
        Person person = people.of(signedIn);
        CsrfToken csrf = plainToken(request);
        return new Me(
                person.userId(),
                person.name(),
                person.grant().role(),
                person.grant().accountText(),
                person.signedInAt(),
                oidc.isEmbedded(),
                new Csrf(csrf.getHeaderName(), csrf.getToken()));
    }

    @GetMapping("/api/settings")
    Settings settings() {
        return new Settings(console.apiUrl(), LANGUAGES, services.enforcement().size());
    }

    /** As the cookie has it; the one Spring hands to controllers is masked, for forms. */
    private static CsrfToken plainToken(HttpServletRequest request) {
        Object deferred = request.getAttribute(DeferredCsrfToken.class.getName());
        return ((DeferredCsrfToken) Objects.requireNonNull(deferred)).get();
    }
}
