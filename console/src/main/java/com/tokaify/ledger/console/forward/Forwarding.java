package com.tokaify.ledger.console.forward;

import com.tokaify.ledger.service.problem.ProblemException;
import com.tokaify.ledger.service.trace.Tracing;
import com.tokaify.ledger.service.web.CutShort;
import com.tokaify.ledger.service.web.RequestIdFilter;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.stereotype.Component;

/**
 * Sends a request on and its answer back, piece by piece as they come: neither is ever held as a
 * whole, and nothing waits for more. Runs on the request's own virtual thread; whoever goes away
 * ends the other side with the next piece.
 */
@Component
class Forwarding {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final int PIECE_BYTES = 16 * 1024;
    private static final int UNAUTHORIZED = 401;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_LIMIT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final Duration patience;
    private final InstantSource clock;
    private final Tracing tracing;

    Forwarding(ServiceSettings settings, InstantSource clock, Tracing tracing) {
        this.patience = settings.patience();
        this.clock = clock;
        this.tracing = tracing;
    }

    /**
     * @param targets the same at one or several instances: the first that can be reached has it
     * @throws ProblemException 502 and 504 where the service does not answer
     * @throws CutShort where the service goes away after it has begun
     * @throws IOException where the browser has gone away before it
     */
    void send(
            OAuth2AccessToken token,
            List<URI> targets,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = answer(token, targets.iterator(), request);
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == UNAUTHORIZED) {
                // The page would have the person sign in, for ever: it is not the person's fault.
                LOG.error(
                        "{} refuses the token of somebody who is signed in",
                        answer.uri().getAuthority());
                throw new ProblemException(
                        HttpStatus.BAD_GATEWAY,
                        "TOKEN_REFUSED",
                        "The service does not take the token of this issuer.");
            }
            response.setStatus(answer.statusCode());
            PassedHeaders.back(answer.headers(), response);
            answer.headers()
                    .firstValueAsLong("Content-Length")
                    .ifPresent(response::setContentLengthLong);
            copy(body, response, isLive(answer) ? token.getExpiresAt() : null);
        }
    }

    private HttpResponse<InputStream> answer(
            OAuth2AccessToken token, Iterator<URI> targets, HttpServletRequest request)
            throws InterruptedException {
        while (true) {
            URI target = targets.next();
            try {
                return answer(onward(token, target, request));
            } catch (IOException away) {
                LOG.warn("{} does not answer: {}", target.getAuthority(), away.toString());
                if (!wasNeverReached(away) || !targets.hasNext()) {
                    throw new ProblemException(
                            HttpStatus.BAD_GATEWAY,
                            "SERVICE_AWAY",
                            "The service does not answer; try again.");
                }
            }
        }
    }

    /** Nothing of the request has been sent, its body not even read: another may have it. */
    private static boolean wasNeverReached(IOException away) {
        return away instanceof ConnectException || away instanceof HttpConnectTimeoutException;
    }

    private HttpRequest onward(OAuth2AccessToken token, URI target, HttpServletRequest request) {
        HttpRequest.Builder onward =
                HttpRequest.newBuilder(target)
                        .method(request.getMethod(), body(request))
                        .header("Authorization", "Bearer " + token.getTokenValue());
        PassedHeaders.on(request, onward);
        tracing.tell(onward);
        if (request.getAttribute(RequestIdFilter.REQUEST_ID) instanceof String id) {
            onward.header(RequestIdFilter.REQUEST_ID, id);
        }
        return onward.build();
    }

    private static HttpRequest.BodyPublisher body(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        boolean inPieces = request.getHeader("Transfer-Encoding") != null;
        if (length == 0 || (length < 0 && !inPieces)) {
            return HttpRequest.BodyPublishers.noBody();
        }
        HttpRequest.BodyPublisher pieces =
                HttpRequest.BodyPublishers.ofInputStream(() -> {
                    try {
                        return request.getInputStream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        return length < 0 ? pieces : HttpRequest.BodyPublishers.fromPublisher(pieces, length);
    }

    /** By a wait of our own: the client's own limit may come to count the body too. */
    private HttpResponse<InputStream> answer(HttpRequest request)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> coming =
                http.sendAsync(request, BodyHandlers.ofInputStream());
        try {
            return coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw new ProblemException(
                    HttpStatus.GATEWAY_TIMEOUT, "SERVICE_SLOW", "The service takes too long.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException away) {
                throw away;
            }
            throw new IllegalStateException("a request could not be sent on", e.getCause());
        }
    }

    private static boolean isLive(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE))
                .isPresent();
    }

    /**
     * @param until when a stream without an end is ended nevertheless: it was opened with a token
     *     that is good no more. Browsers come back by themselves, and are asked anew who they are.
     */
    private void copy(InputStream from, HttpServletResponse response, @Nullable Instant until)
            throws IOException {
        OutputStream to = response.getOutputStream();
        // So that who waits for the head of a stream has it before there is anything in it.
        response.flushBuffer();
        byte[] piece = new byte[PIECE_BYTES];
        for (int read = read(from, piece); read >= 0; read = read(from, piece)) {
            try {
                to.write(piece, 0, read);
                to.flush();
            } catch (IOException e) {
                LOG.debug("the browser has gone away", e);
                return;
            }
            if (until != null && clock.instant().isAfter(until)) {
                return;
            }
        }
    }

    private static int read(InputStream from, byte[] piece) {
        try {
            return from.read(piece);
        } catch (IOException e) {
            LOG.warn("an answer of a service is cut: {}", e.toString());
            throw new CutShort(e.toString());
        }
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }
}
