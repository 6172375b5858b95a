package com.tokaify.ledger.service.access;

import com.tokaify.ledger.service.access.Gatekeeper.Verdict;
import com.tokaify.ledger.service.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Tells who is not let in why, in problem documents and as RFC 6750 has it. */
final class Refusals
        implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {
    private static final String SCHEME = "Bearer";
    private static final String SECONDS = "1";

    /** Of who sends no access token, or one that is not taken. */
    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        switch (why) {
            case AccessTokens.IssuerUnavailable unavailable -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, SECONDS);
                write(response, HttpStatus.SERVICE_UNAVAILABLE, "ISSUER_UNAVAILABLE", unavailable);
            }
            case AccessTokens.Refused refused -> {
                response.setHeader(
                        HttpHeaders.WWW_AUTHENTICATE, SCHEME + " error=\"invalid_token\"");
                write(response, HttpStatus.UNAUTHORIZED, "UNAUTHENTICATED", refused);
            }
            case AuthenticationException _ -> {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, SCHEME);
                Problem.of(
                                HttpStatus.UNAUTHORIZED,
                                "UNAUTHENTICATED",
                                "Send an access token: Authorization: Bearer ….")
                        .writeTo(response);
            }
        }
    }

    private static void write(
            HttpServletResponse response, HttpStatus status, String code, Exception why)
            throws IOException {
        Problem.of(status, code, String.valueOf(why.getMessage())).writeTo(response);
    }

    /** Of who is known and may not. */
    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        Problem problem =
                why instanceof AuthorizationDeniedException denied
                                && denied.getAuthorizationResult()
                                        instanceof Verdict.ForOthers(Set<Role> roles)
                        ? Problem.of(
                                HttpStatus.FORBIDDEN,
                                HttpStatus.FORBIDDEN.name(),
                                "This is for the role " + words(roles) + ".")
                        : Problem.of(
                                HttpStatus.NOT_FOUND,
                                HttpStatus.NOT_FOUND.name(),
                                "There is no such operation.");
        problem.writeTo(response);
    }

    private static String words(Set<Role> roles) {
        return roles.stream().map(Role::text).collect(Collectors.joining(" or "));
    }

    /** Of what is written so that two readers might read it differently. */
    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, RequestRejectedException why)
            throws IOException {
        Problem.of(
                        HttpStatus.BAD_REQUEST,
                        HttpStatus.BAD_REQUEST.name(),
                        "The path is not written as paths of this service are.")
                .writeTo(response);
    }
}
