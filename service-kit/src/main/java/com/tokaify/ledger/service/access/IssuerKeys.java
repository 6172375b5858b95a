package com.tokaify.ledger.service.access;

import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.tokaify.ledger.events.codec.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The public keys of the issuer, found by OIDC discovery, or where they are said to be, when the
 * first token comes: a service may start before its issuer does. Looked for again when they are
 * some minutes old, and when a token names a key that is not among them; not more often than every
 * {@link #PAUSE}, whatever strangers send. While the issuer is away the keys it had go on for
 * {@link #TRUSTED}.
 *
 * <p>Thread-safe. One caller at a time waits for the issuer, the others only where they need to.
 */
final class IssuerKeys implements JWKSource<SecurityContext>, AutoCloseable {
    /** A key that the issuer withdraws is trusted so much longer. */
    static final Duration FRESH = Duration.ofMinutes(5);

    static final Duration PAUSE = Duration.ofSeconds(2);
    static final Duration TRUSTED = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private record Known(JWKSet keys, Instant since) {}

    private final String issuer;
    private final @Nullable String keysUrl;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
    private final Lock looking = new ReentrantLock();
    private @Nullable Instant lookedAt;
    private volatile @Nullable Known known;

    /**
     * @param keysUrl null where discovery is to find it
     */
    IssuerKeys(String issuer, @Nullable String keysUrl, Clock clock) {
        this.issuer = issuer;
        this.keysUrl = keysUrl;
        this.clock = clock;
    }

    /**
     * @throws RemoteKeySourceException where the issuer does not answer, so that nobody can say
     */
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
            throws RemoteKeySourceException {
        Known before = known;
        List<JWK> found = before == null ? List.of() : selector.select(before.keys());
        if (before != null && !found.isEmpty() && isWithin(FRESH, before)) {
            return found;
        }
        return selector.select(again().keys());
    }

    private boolean isWithin(Duration age, Known keys) {
        return clock.instant().isBefore(keys.since().plus(age));
    }

    private Known again() throws RemoteKeySourceException {
        looking.lock();
        try {
            Instant now = clock.instant();
            if (lookedAt == null || !now.isBefore(lookedAt.plus(PAUSE))) {
                lookedAt = now;
                look(now);
            }
            Known found = known;
            if (found == null || !isWithin(TRUSTED, found)) {
                throw new RemoteKeySourceException("the issuer's keys are not to be had", null);
            }
            return found;
        } finally {
            looking.unlock();
        }
    }

    private void look(Instant now) {
        try {
            known = new Known(JWKSet.parse(get(keysUrl == null ? discovered() : keysUrl)), now);
        } catch (IOException | ParseException | JacksonException | IllegalArgumentException e) {
            LOG.warn("the keys of the issuer {} are not to be had: {}", issuer, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String discovered() throws IOException, InterruptedException {
        JsonNode described =
                StrictJson.MAPPER.readTree(get(issuer.replaceFirst("/$", "") + DISCOVERY));
        String named = described.path("issuer").asString("");
        if (!named.equals(issuer)) {
            throw new IOException("what is there calls itself " + named);
        }
        return described.path("jwks_uri").asString("");
    }

    private String get(String address) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(address)).timeout(ANSWER_LIMIT).build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(address + " answers " + answer.statusCode());
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
