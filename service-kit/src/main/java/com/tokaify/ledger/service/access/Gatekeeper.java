package com.tokaify.ledger.service.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.RequestPath;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.web.util.ServletRequestPathUtils;

/** Holds requests to the table of a service, before anything of them is read. */
final class Gatekeeper implements AuthorizationManager<HttpServletRequest> {
    private final AccessRules rules;

    Gatekeeper(AccessRules rules) {
        this.rules = rules;
    }

    /** What the table says to a request. */
    sealed interface Verdict extends AuthorizationResult {
        @Override
        default boolean isGranted() {
            return this instanceof Allowed;
        }

        record Allowed() implements Verdict {}

        /**
         * @param roles who may
         */
        record ForOthers(Set<Role> roles) implements Verdict {}

        /** The table does not know the operation, so it is there for nobody. */
        record Nowhere() implements Verdict {}
    }

    /** Asks who it is only where that matters; who is nobody then is told to say. */
    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> caller, HttpServletRequest request) {
        RequestPath path = ServletRequestPathUtils.parseAndCache(request);
        Set<Role> roles =
                rules.rolesFor(
                                HttpMethod.valueOf(request.getMethod()),
                                path.pathWithinApplication())
                        .orElse(null);
        if (roles != null && roles.isEmpty()) {
            return new Verdict.Allowed();
        }
        Role role = Callers.accessOf(caller.get()).role();
        if (roles == null) {
            return new Verdict.Nowhere();
        }
        return roles.contains(role) ? new Verdict.Allowed() : new Verdict.ForOthers(roles);
    }
}
