package com.tokaify.ledger.query.live;

import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.api.Problems;
import com.tokaify.ledger.service.api.QueryOf;
import com.tokaify.ledger.service.problem.ProblemException;
import com.tokaify.ledger.service.web.CutShort;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Changes as they happen. */
@RestController
class LiveController {
    private static final Logger LOG = LoggerFactory.getLogger(LiveController.class);
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String RETRY_AFTER_SECONDS = "5";

    private final LiveFeed feed;
    private final Replay replay;
    private final LiveSettings settings;

    LiveController(LiveFeed feed, Replay replay, LiveSettings settings) {
        this.feed = feed;
        this.replay = replay;
        this.settings = settings;
    }

    /**
     * Tells of changes as they come to be seen by queries, as server-sent events.
     *
     * <p>Events are called {@code token}, {@code account} or {@code catalog}; their data is an
     * event of the ledger as the audit feed lists it. Of what a token consumes within a quarter of
     * a second only the last is told, whose data has the total; everything else is told once, each.
     * Whoever comes back with {@code Last-Event-ID}, at whatever instance, is told first what it
     * has missed. Where that cannot be told any more, or was never seen here, there is an event
     * {@code reset}: load everything anew.
     *
     * @param lastEventId the id of the last event that was received
     */
    @GetMapping("/v1/live")
    @Problems("TOO_MANY_LISTENERS")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(type = "string")))
    void follow(
            Access access,
            @RequestParam @QueryOf(LiveScope.class) MultiValueMap<String, String> parameters,
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId,
            HttpServletResponse response)
            throws InterruptedException {
        LiveScope scope = LiveScope.parse(new QueryParameters(parameters)).within(access.scope());
        Mark seen =
                lastEventId == null || lastEventId.isEmpty()
                        ? null
                        : Mark.parse(LAST_EVENT_ID, lastEventId, feed.partitions());
        Listener listener = attach(scope, seen, response);
        try {
            answer(listener, seen, response);
        } catch (IOException e) {
            LOG.debug("a listener has gone", e);
        } catch (RuntimeException e) {
            if (!response.isCommitted()) {
                throw e;
            }
            LOG.warn("a listener is cut: {}", e.toString());
            throw new CutShort(e);
        } finally {
            feed.detach(listener);
        }
    }

    private Listener attach(LiveScope scope, @Nullable Mark seen, HttpServletResponse response)
            throws InterruptedException {
        try {
            return feed.attach(scope, seen);
        } catch (ProblemException e) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            throw e;
        }
    }

    private void answer(Listener listener, @Nullable Mark seen, HttpServletResponse response)
            throws IOException, InterruptedException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // nginx would keep it until there is more
        new LiveAnswer(
                        feed,
                        replay,
                        settings.heartbeat(),
                        settings.longest(),
                        new ToResponse(response))
                .follow(listener, seen);
    }

    /** Writes messages to the response of a request. */
    private record ToResponse(HttpServletResponse response) implements LiveAnswer.Out {

        @Override
        public void write(LiveMessage message) throws IOException {
            OutputStream out = response.getOutputStream();
            out.write(message.text().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void flush() throws IOException {
            response.flushBuffer();
        }
    }
}
