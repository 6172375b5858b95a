package com.tokaify.ledger.service.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every request an id: the caller's own {@code X-Request-Id} where it is well-formed, else a
 * new one. It goes back in the answer, into the log, and into the events the request causes as
 * their correlation id.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestIdFilter extends OncePerRequestFilter {
    /** The header, and the request attribute, that hold the id. */
    public static final String REQUEST_ID = "X-Request-Id";

    /** What the id of a caller must be like to be taken. */
    public static final String WELL_FORMED = "^[A-Za-z0-9._:/+=-]{1,64}$";

    private static final Pattern PATTERN = Pattern.compile(WELL_FORMED);

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = idFor(request.getHeader(REQUEST_ID));
        request.setAttribute(REQUEST_ID, id);
        response.setHeader(REQUEST_ID, id);
        try (MDC.MDCCloseable _ = MDC.putCloseable("requestId", id)) {
            chain.doFilter(request, response);
        }
    }

    private static String idFor(@Nullable String given) {
        return given != null && PATTERN.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }
}
