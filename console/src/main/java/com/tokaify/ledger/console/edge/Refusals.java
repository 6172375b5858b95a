package com.tokaify.ledger.console.edge;

import com.tokaify.ledger.service.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Tells the page why it is not let, as every other problem is told. */
public final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    /** 401: nobody is signed in, or not any more. */
    public static Problem unauthenticated() {
        return Problem.of(HttpStatus.UNAUTHORIZED, "UNAUTHENTICATED", "Sign in first.");
    }

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        unauthenticated().writeTo(response);
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        Problem problem =
                e instanceof CsrfException
                        ? Problem.of(
                                HttpStatus.FORBIDDEN,
                                "CSRF_TOKEN_INVALID",
                                "The request must carry the token of /api/me in its header.")
                        : Problem.of(
                                HttpStatus.FORBIDDEN,
                                "FORBIDDEN",
                                "Your role does not allow this.");
        problem.writeTo(response);
    }
}
