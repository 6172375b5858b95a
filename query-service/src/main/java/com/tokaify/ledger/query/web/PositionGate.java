package com.tokaify.ledger.query.web;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.query.projection.ViewPositions;
import com.tokaify.ledger.service.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Read your own writes: a query that names a {@code Ledger-Position} waits until the view has it.
 * The request's virtual thread waits, so a waiting query costs next to nothing.
 */
final class PositionGate implements HandlerInterceptor {
    private static final String RETRY_AFTER_SECONDS = "1";

    private final ViewPositions positions;
    private final ReadYourWrites settings;

    PositionGate(ViewPositions positions, ReadYourWrites settings) {
        this.positions = positions;
        this.settings = settings;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws InterruptedException {
        String header = request.getHeader(Position.HEADER);
        if (header == null) {
            return true;
        }
        Position position = Position.parse(header);
        if (position.partition() >= positions.partitions()) {
            throw new InvalidField(
                    Position.HEADER,
                    "must name a partition from 0 to " + (positions.partitions() - 1));
        }
        if (!positions.await(position, settings.longestWait())) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "VIEW_BEHIND",
                    "The view has not come to position " + position + " yet; ask again.");
        }
        return true;
    }
}
