package com.tokaify.ledger.enforcement.access;

import com.tokaify.ledger.enforcement.http.Answers;
import com.tokaify.ledger.enforcement.http.Endpoint;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.Role;
import com.tokaify.ledger.service.problem.Problem;
import com.tokaify.ledger.service.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Stands before an endpoint and lets in who is known and has one of its roles. Before the endpoint,
 * and not as a chain of filters before all of them, which every check would pay for. Any number of
 * threads.
 */
public final class Door {
    private final Callers callers;
    private final Set<Role> roles;

    /**
     * @param roles who may pass, at least one
     */
    public Door(Callers callers, Set<Role> roles) {
        this.callers = callers;
        this.roles = EnumSet.copyOf(roles);
    }

    /**
     * Who it is that asks.
     *
     * @throws ProblemException 401 where nobody known asks, 403 where his role may not, 503 where
     *     nobody can say
     */
    public Access admit(@Nullable String gatewayKey, @Nullable String authorization) {
        Access access = callers.find(gatewayKey, authorization);
        if (!roles.contains(access.role())) {
            throw forbidden(
                    "This is for the role "
                            + roles.stream().map(Role::text).collect(Collectors.joining(" or "))
                            + ".");
        }
        return access;
    }

    /** What somebody is told who is known and may not. */
    static ProblemException forbidden(String why) {
        return new ProblemException(HttpStatus.FORBIDDEN, HttpStatus.FORBIDDEN.name(), why);
    }

    Access admit(HttpServletRequest request) {
        return admit(
                request.getHeader(Callers.GATEWAY_KEY),
                request.getHeader(HttpHeaders.AUTHORIZATION));
    }

    /** The endpoint behind the door. */
    public Endpoint before(AdmittedEndpoint endpoint) {
        return (request, response) -> {
            Access access;
            try {
                access = admit(request);
            } catch (ProblemException e) {
                refuse(response, e.problem());
                return;
            }
            endpoint.answer(access, request, response);
        };
    }

    static void refuse(HttpServletResponse response, Problem problem) throws IOException {
        if (problem.status() == HttpStatus.UNAUTHORIZED.value()) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            Answers.comeBack(response);
        }
        Answers.problem(response, problem);
    }
}
