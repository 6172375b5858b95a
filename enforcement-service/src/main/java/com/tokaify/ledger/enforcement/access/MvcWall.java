package com.tokaify.ledger.enforcement.access;

import com.tokaify.ledger.service.access.AccessRules;
import com.tokaify.ledger.service.access.Role;
import com.tokaify.ledger.service.access.Scope;
import com.tokaify.ledger.service.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * Stands before what Spring MVC and the actuator answer, which is everything but the hot endpoints:
 * those have doors of their own, and no filter more. What the rules do not name is there for
 * nobody. What they do name tells of the whole ledger, so nobody may ask it who is bound to one
 * account.
 */
public final class MvcWall extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** As the address is written, and in no other way of writing it. */
    private static final Pattern PUBLIC =
            Pattern.compile("/actuator/health(/[A-Za-z]+)*|/v3/api-docs");

    private final transient Callers callers;
    private final transient AccessRules rules;

    public MvcWall(Callers callers, AccessRules rules) {
        this.callers = callers;
        this.rules = rules;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!PUBLIC.matcher(request.getRequestURI()).matches()) {
            try {
                require(request);
            } catch (ProblemException e) {
                Door.refuse(response, e.problem());
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private void require(HttpServletRequest request) {
        HttpMethod asked = HttpMethod.valueOf(request.getMethod());
        HttpMethod method = asked.equals(HttpMethod.HEAD) ? HttpMethod.GET : asked;
        Door door =
                new Door(
                        callers,
                        rules.ofOperation(method, request.getRequestURI())
                                .orElseGet(() -> EnumSet.allOf(Role.class)));
        Scope scope = door.admit(request).scope();
        if (rules.ofOperation(method, request.getRequestURI()).isEmpty()) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND, HttpStatus.NOT_FOUND.name(), "There is nothing here.");
        }
        if (scope instanceof Scope.OneAccount) {
            throw Door.forbidden("This tells of all accounts.");
        }
    }
}
