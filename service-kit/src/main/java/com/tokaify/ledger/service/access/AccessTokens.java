package com.tokaify.ledger.service.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Says whom an access token speaks for: a JWT that the issuer has signed with RS256 and nothing
 * else, for this audience, and not expired. A token that was verified is known for a while, since
 * verifying a signature takes longer than most requests; invalid ones are never kept. Thread-safe.
 */
public final class AccessTokens implements AutoCloseable {
    private static final Duration SKEW = Duration.ofSeconds(60);

    /** Then a token is verified anew, so that one whose key was withdrawn does not live on. */
    private static final Duration KNOWN = Duration.ofMinutes(5);

    /** About 2 KiB each. */
    private static final int MOST_KNOWN = 10_000;

    private final AccessSettings settings;
    private final Clock clock;
    private final IssuerKeys keys;
    private final NimbusJwtDecoder decoder;
    private final Cache<String, Verified> verified =
            Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();

    private record Verified(Access access, Instant until) {}

    /** The token is not one this service takes; the message says why and never repeats it. */
    public static final class Refused extends AuthenticationException {
        private static final long serialVersionUID = 1L;

        public Refused(String why) {
            super(why);
        }
    }

    /** Nobody can say whether the token is good, since its issuer has not told its keys. */
    public static final class IssuerUnavailable extends AuthenticationServiceException {
        private static final long serialVersionUID = 1L;

        public IssuerUnavailable(Throwable cause) {
            super("The issuer of access tokens does not answer.", cause);
        }
    }

    /**
     * @param settings of a service that is not open
     */
    public AccessTokens(AccessSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        String issuer = Objects.requireNonNull(settings.issuer(), "an open service takes none");
        this.keys = new IssuerKeys(issuer, settings.keysUrl(), clock);
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
        processor.setJWTClaimsSetVerifier((_, _) -> {}); // the decoder does it, in its own words
        JwtTimestampValidator timestamps = new JwtTimestampValidator(SKEW);
        timestamps.setClock(clock);
        this.decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(
                        timestamps,
                        new JwtIssuerValidator(issuer),
                        new JwtAudienceValidator(settings.audience())));
    }

    /**
     * @param token as it stands after {@code Bearer}
     * @throws Refused where it is not taken
     * @throws IssuerUnavailable where nobody can say
     */
    public Access accessOf(String token) {
        Verified known = verified.getIfPresent(token);
        Instant now = clock.instant();
        if (known == null || now.isAfter(known.until())) {
            known = verify(token, now);
            verified.put(token, known);
        }
        return known.access();
    }

    private Verified verify(String token, Instant now) {
        Jwt jwt = decoded(token);
        Instant expiresAt = jwt.getExpiresAt();
        if (expiresAt == null) {
            throw new Refused("The access token never expires.");
        }
        Instant ends = expiresAt.plus(SKEW);
        Instant anew = now.plus(KNOWN);
        return new Verified(access(jwt), ends.isBefore(anew) ? ends : anew);
    }

    private Jwt decoded(String token) {
        try {
            return decoder.decode(token);
        } catch (JwtValidationException e) {
            throw new Refused("The access token is not accepted: " + why(e) + ".");
        } catch (BadJwtException e) {
            throw new Refused(
                    "The access token is not accepted: it is no JWT that the issuer has signed with"
                            + " RS256.");
        } catch (JwtException e) {
            throw new IssuerUnavailable(e);
        }
    }

    private static String why(JwtValidationException e) {
        return e.getErrors().stream()
                .map(OAuth2Error::getDescription)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("it is not valid");
    }

    private Access access(Jwt jwt) {
        Role role = role(jwt);
        return new Access(
                new Actor(role.kind(), subject(jwt, role)),
                role,
                scope(jwt, role),
                jwt.getClaim("auth_time") instanceof Number seconds
                        ? Instant.ofEpochSecond(seconds.longValue())
                        : null);
    }

    private static String subject(Jwt jwt, Role role) {
        String subject = jwt.getSubject();
        try {
            return new Actor(role.kind(), subject == null ? "" : subject).id();
        } catch (InvalidField e) {
            throw new Refused("The access token's sub " + e.rule() + ".");
        }
    }

    /** A word, or a list with one word of ours in it, as some issuers have it. */
    private Role role(Jwt jwt) {
        List<Role> roles =
                texts(jwt.getClaim(settings.roleClaim()))
                        .map(Role::of)
                        .flatMap(Optional::stream)
                        .toList();
        if (roles.size() != 1) {
            throw new Refused(
                    "The access token's claim "
                            + settings.roleClaim()
                            + " must be operator, owner, auditor or gateway.");
        }
        return roles.getFirst();
    }

    private static Stream<String> texts(@Nullable Object claim) {
        return claim instanceof Collection<?> many
                ? many.stream().map(String::valueOf)
                : Stream.ofNullable(claim).map(String::valueOf);
    }

    private Scope scope(Jwt jwt, Role role) {
        if (role == Role.OPERATOR) {
            return new Scope.EveryAccount();
        }
        String account = jwt.getClaimAsString(settings.accountClaim());
        if (account == null && role != Role.OWNER) {
            return new Scope.EveryAccount();
        }
        try {
            return new Scope.OneAccount(AccountId.parse(account == null ? "" : account));
        } catch (InvalidField e) {
            throw new Refused(
                    "The access token's claim " + settings.accountClaim() + " " + e.rule() + ".");
        }
    }

    @Override
    public void close() {
        keys.close();
    }
}
