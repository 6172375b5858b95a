package com.tokaify.ledger.console.issuer;

import com.tokaify.ledger.console.edge.SessionAge;
import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import com.tokaify.ledger.events.id.UserId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Whom the embedded issuer knows in a browser's session. Issuer and console share the session and
 * its end, and nothing else: what one remembers lies beside what the other does, under a name of
 * its own, so that neither takes the other's for its own.
 */
@Component
@WithEmbeddedIssuer
public final class IssuerSession {
    private final HttpSessionSecurityContextRepository contexts =
            new HttpSessionSecurityContextRepository();
    private final SessionAge age;
    private final InstantSource clock;

    IssuerSession(SessionAge age, InstantSource clock) {
        this.contexts.setSpringSecurityContextKey("issuer-security-context");
        this.age = age;
        this.clock = clock;
    }

    /** A password was right: remembers whose, in a session with a new id. */
    public void signIn(UserId user, HttpServletRequest request, HttpServletResponse response) {
        age.begin(request.getSession());
        request.changeSessionId();
        contexts.saveContext(
                new SecurityContextImpl(
                        UsernamePasswordAuthenticationToken.authenticated(
                                user.toString(),
                                null,
                                List.of(
                                        FactorGrantedAuthority.withAuthority(
                                                        FactorGrantedAuthority.PASSWORD_AUTHORITY)
                                                .issuedAt(clock.instant())
                                                .build()))),
                request,
                response);
    }

    SecurityContextRepository contexts() {
        return contexts;
    }
}
