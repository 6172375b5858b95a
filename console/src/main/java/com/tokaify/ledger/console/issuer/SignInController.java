package com.tokaify.ledger.console.issuer;

import com.tokaify.ledger.console.ConsoleSettings;
import com.tokaify.ledger.console.metrics.SignInCounts;
import com.tokaify.ledger.console.metrics.SignInCounts.Outcome;
import com.tokaify.ledger.console.oidc.OidcSignIn;
import com.tokaify.ledger.console.oidc.Registration;
import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import com.tokaify.ledger.console.user.Passwords;
import com.tokaify.ledger.console.user.SignInLimit;
import com.tokaify.ledger.console.user.User;
import com.tokaify.ledger.console.user.UserName;
import com.tokaify.ledger.console.user.UserTable;
import com.tokaify.ledger.events.id.UserId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The sign-in page of the embedded issuer. A right password makes the issuer know the browser; the
 * console then signs in there as it would at any other issuer.
 */
@Controller
@WithEmbeddedIssuer
class SignInController {
    private static final Logger LOG = LoggerFactory.getLogger(SignInController.class);

    /** Names of one and the same host, of which cookies are none the less not shared. */
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final UserTable users;
    private final Passwords passwords;
    private final SignInLimit limit;
    private final IssuerSession session;
    private final SignInCounts counts;
    private final ConsoleSettings console;
    private final InstantSource clock;

    SignInController(
            UserTable users,
            Passwords passwords,
            SignInLimit limit,
            IssuerSession session,
            SignInCounts counts,
            ConsoleSettings console,
            InstantSource clock) {
        this.users = users;
        this.passwords = passwords;
        this.limit = limit;
        this.session = session;
        this.counts = counts;
        this.console = console;
        this.clock = clock;
    }

    @GetMapping("/sign-in")
    ModelAndView page(
            @RequestParam(name = OidcSignIn.AGAIN, required = false) @Nullable String again,
            @RequestParam(required = false) @Nullable String welcome,
            @Nullable Authentication signedIn,
            HttpServletRequest request) {
        if (isOtherNameOfThisMachine(request.getServerName())) {
            return new ModelAndView("redirect:" + console.url() + "/sign-in");
        }
        String name =
                signedIn != null && signedIn.getPrincipal() instanceof OidcUser user
                        ? user.getPreferredUsername()
                        : null;
        return form(HttpStatus.OK, again != null && name != null, name)
                .addObject("welcome", welcome != null);
    }

    /** The issuer sends browsers back to one name only, where they would not be known. */
    private boolean isOtherNameOfThisMachine(String name) {
        String own = console.url().getHost();
        return THIS_MACHINE.contains(name) && THIS_MACHINE.contains(own) && !name.equals(own);
    }

    @PostMapping("/sign-in")
    ModelAndView signIn(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(name = OidcSignIn.AGAIN, required = false) @Nullable String again,
            @Nullable Authentication signedIn,
            HttpServletRequest request,
            HttpServletResponse response) {
        String key = key(name);
        Optional<Duration> wait = limit.tried(key, request.getRemoteAddr());
        if (wait.isPresent()) {
            LOG.warn("too many wrong passwords from {}", request.getRemoteAddr());
            counts.add(Outcome.TOO_MANY_TRIES);
            long seconds = wait.get().toSeconds();
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
            return form(HttpStatus.TOO_MANY_REQUESTS, again != null, name)
                    .addObject("problem", "problem.wait")
                    .addObject("seconds", seconds);
        }
        Optional<User> user = users.findByName(key).filter(User::isActive);
        Optional<String> hash = user.map(User::userId).flatMap(users::passwordHash);
        if (!passwords.matches(password, hash)) {
            counts.add(Outcome.WRONG_PASSWORD);
            return form(HttpStatus.UNAUTHORIZED, again != null, name)
                    .addObject("problem", "problem.refused");
        }
        limit.succeeded(key, request.getRemoteAddr());
        UserId id = user.orElseThrow().userId();
        users.signedIn(id, clock.instant());
        endSessionOfAnother(id, signedIn, request);
        session.signIn(id, request, response);
        return new ModelAndView("redirect:" + Registration.START);
    }

    /** Of a name that can be one; what is longer is nobody's, and is not kept to be counted by. */
    private static String key(String typed) {
        String name = typed.strip();
        return name.length() > UserName.LONGEST ? "" : name.toLowerCase(Locale.ROOT);
    }

    /** What lies in a session of somebody else is not handed on. */
    private static void endSessionOfAnother(
            UserId id, @Nullable Authentication signedIn, HttpServletRequest request) {
        HttpSession old = request.getSession(false);
        if (old != null && signedIn != null && !signedIn.getName().equals(id.toString())) {
            old.invalidate();
        }
    }

    private static ModelAndView form(HttpStatus status, boolean again, @Nullable String name) {
        return new ModelAndView("sign-in", status)
                .addObject("again", again)
                .addObject("name", name == null ? "" : name);
    }
}
