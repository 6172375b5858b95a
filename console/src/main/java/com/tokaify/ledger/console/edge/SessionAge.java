package com.tokaify.ledger.console.edge;

import com.tokaify.ledger.console.SessionSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends sessions that have grown old, or in which nothing was done. The page listens for changes as
 * long as it is open, which is nothing that a person does: the container's own count of idle time
 * would never come to an end.
 */
public final class SessionAge extends OncePerRequestFilter {
    private static final String ENDS_AT = "session-ends-at";
    private static final String USED_AT = "session-used-at";
    private static final String LISTENING = "/api/query/v1/live";

    /** Uses that follow one another closely are not worth a row written each time. */
    private static final Duration GRAIN = Duration.ofMinutes(1);

    private final SessionSettings settings;
    private final InstantSource clock;

    public SessionAge(SessionSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** From now on: somebody has just shown who they are. */
    public void begin(HttpSession session) {
        Instant now = clock.instant();
        session.setAttribute(ENDS_AT, now.plus(settings.longest()));
        session.setAttribute(USED_AT, now);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        if (session != null
                && session.getAttribute(ENDS_AT) instanceof Instant endsAt
                && session.getAttribute(USED_AT) instanceof Instant usedAt) {
            Instant now = clock.instant();
            if (now.isAfter(endsAt) || now.isAfter(usedAt.plus(settings.idle()))) {
                session.invalidate();
            } else if (!request.getRequestURI().equals(LISTENING)
                    && Duration.between(usedAt, now).compareTo(grain()) > 0) {
                session.setAttribute(USED_AT, now);
            }
        }
        chain.doFilter(request, response);
    }

    private Duration grain() {
        Duration part = settings.idle().dividedBy(10);
        return part.compareTo(GRAIN) < 0 ? part : GRAIN;
    }
}
