package com.tokaify.ledger.service.web;

import com.tokaify.ledger.service.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies that are too large before they are read: by the length they declare or, where they
 * declare none, as soon as there is more than allowed. Stands before everything that reads a body.
 * Tomcat closes the connection after such an answer, so that nobody has to take in the rest.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
public final class RequestLimitFilter extends OncePerRequestFilter {
    private final RequestLimits limits;

    public RequestLimitFilter(RequestLimits limits) {
        this.limits = limits;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long limit = limits.bytesFor(request.getRequestURI());
        long length = request.getContentLengthLong();
        try {
            if (length > limit) {
                throw RequestLimits.tooLarge(limit);
            }
            chain.doFilter(
                    length < 0 ? new BoundedBody.Request(request, limit) : request, response);
        } catch (ProblemException e) {
            // From here, or from a filter that reads the body before anybody who would tell it.
            e.problem().writeTo(response);
        }
    }
}
