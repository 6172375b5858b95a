package com.tokaify.ledger.query.web;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.query.projection.StreamProgress;
import com.tokaify.ledger.query.projection.ViewPositions;
import com.tokaify.ledger.service.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Read your own writes: a query that names a {@code Ledger-Position} waits until the view has it.
 * The request's virtual thread waits, so a waiting query costs next to nothing.
 *
 * <p>And every answer, whatever it says, tells how fresh the view is that it comes from. It is
 * asked before the query, so the view is at least so fresh; where the path names a token or an
 * account, its partition's position is told, which a caller may send along to see nothing older.
 */
final class PositionGate implements HandlerInterceptor {
    /** Records of the stream that are not in the view yet. */
    static final String LAG = "Ledger-View-Lag";

    /** How long ago everything was in the view that was committed then, in milliseconds. */
    static final String AGE = "Ledger-View-Age-Ms";

    /** The variable of paths that is a stream's id. */
    static final String ID = "id";

    private static final String RETRY_AFTER_SECONDS = "1";

    private final ViewPositions positions;
    private final StreamProgress progress;
    private final ReadYourWrites settings;

    PositionGate(ViewPositions positions, StreamProgress progress, ReadYourWrites settings) {
        this.positions = positions;
        this.progress = progress;
        this.settings = settings;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws InterruptedException {
        String header = request.getHeader(Position.HEADER);
        if (header != null) {
            await(Position.parse(header), response);
        }
        tellFreshness(request, response);
        return true;
    }

    private void await(Position position, HttpServletResponse response)
            throws InterruptedException {
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
    }

    private void tellFreshness(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(LAG, Long.toString(progress.lag()));
        progress.age().ifPresent(age -> response.setHeader(AGE, Long.toString(age.toMillis())));
        streamOf(request)
                .map(stream -> new Partitioning(positions.partitions()).partitionOf(stream))
                .map(partition -> new Position(partition, positions.pseq(partition)))
                .ifPresent(position -> response.setHeader(Position.HEADER, position.toString()));
    }

    private static Optional<StreamId> streamOf(HttpServletRequest request) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                        instanceof Map<?, ?> variables
                && variables.get(ID) instanceof String id) {
            try {
                return Optional.of(StreamId.parse(id));
            } catch (InvalidField e) {
                // The endpoint says so.
            }
        }
        return Optional.empty();
    }
}
