package com.tokaify.ledger.enforcement.access;

import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.AccessTokens;
import com.tokaify.ledger.service.problem.ProblemException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Knows gateways by their static keys and everybody by access tokens. A gateway key that is shown
 * decides: a wrong one is not made good by a token beside it.
 */
public final class KnownCallers implements Callers {
    private static final String BEARER = "Bearer ";

    private final GatewayKeys keys;
    private final @Nullable Function<String, Access> tokens;

    /**
     * @param tokens whom an access token speaks for, or throws as {@link AccessTokens} does; null
     *     where there is no issuer
     */
    public KnownCallers(GatewayKeys keys, @Nullable Function<String, Access> tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    @Override
    public Access find(@Nullable String gatewayKey, @Nullable String authorization) {
        if (gatewayKey != null) {
            Access gateway = keys.find(gatewayKey);
            return gateway == null ? ofToken(gatewayKey) : gateway;
        }
        if (authorization != null
                && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return ofToken(authorization.substring(BEARER.length()).strip());
        }
        throw unknown(
                "Send a gateway's key as "
                        + GATEWAY_KEY
                        + ", or an access token as"
                        + " Authorization: Bearer ….");
    }

    private Access ofToken(String token) {
        if (tokens == null) {
            throw unknown("That is no key of a gateway that may ask here.");
        }
        try {
            return tokens.apply(token);
        } catch (AccessTokens.IssuerUnavailable e) {
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "ISSUER_UNAVAILABLE",
                    String.valueOf(e.getMessage()));
        } catch (AccessTokens.Refused e) {
            throw unknown(String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException unknown(String why) {
        return new ProblemException(HttpStatus.UNAUTHORIZED, "UNAUTHENTICATED", why);
    }
}
