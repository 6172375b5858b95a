package com.tokaify.ledger.enforcement.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.AccessTokens;
import com.tokaify.ledger.service.access.Role;
import com.tokaify.ledger.service.access.Scope;
import com.tokaify.ledger.service.problem.Problem;
import com.tokaify.ledger.service.problem.ProblemException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is let in by what. */
class DoorTest {
    private static final String TOKEN = "header.claims.signature";
    private static final String AWAY = "issuer.is.away";
    private static final Access OWNER =
            new Access(
                    new Actor(Actor.Kind.OWNER, "usr_1"),
                    Role.OWNER,
                    new Scope.EveryAccount(),
                    null);

    private final AtomicInteger tokensRead = new AtomicInteger();
    private final GatewayKeys keys =
            GatewayKeys.parse(List.of("edge-1=" + TestKeys.digest("edge-key")));
    private final Door door =
            new Door(new KnownCallers(keys, this::read), EnumSet.of(Role.GATEWAY, Role.OWNER));

    private Access read(String token) {
        tokensRead.incrementAndGet();
        if (token.equals(AWAY)) {
            throw new AccessTokens.IssuerUnavailable(new IOException("away"));
        }
        if (!token.equals(TOKEN)) {
            throw new AccessTokens.Refused("It is no token.");
        }
        return OWNER;
    }

    /** A key needs no issuer; a token is taken where either header has it. */
    @Test
    void aKeyAndATokenLetIn() {
        assertThat(door.admit("edge-key", null).actor()).hasToString("gateway:edge-1");
        assertThat(tokensRead).hasValue(0);
        assertThat(door.admit(null, "Bearer " + TOKEN)).isEqualTo(OWNER);
        assertThat(door.admit(null, "bearer  " + TOKEN)).isEqualTo(OWNER);
        assertThat(door.admit(TOKEN, null)).isEqualTo(OWNER);
    }

    /** A gateway's key that is wrong is not made good by a token beside it. */
    @Test
    void whatIsUnknownIsRefused() {
        assertThat(refused(null, null).detail()).contains("X-Gateway-Key");
        for (Problem problem :
                List.of(
                        refused("wrong", null),
                        refused("", null),
                        refused("wrong", "Bearer " + TOKEN),
                        refused(null, "Bearer wrong"),
                        refused(null, "Bearer edge-key"),
                        refused(null, "Basic " + TOKEN),
                        refused(null, TOKEN))) {
            assertThat(problem.status()).isEqualTo(401);
            assertThat(problem.code()).isEqualTo("UNAUTHENTICATED");
            assertThat(problem.detail()).doesNotContain(TOKEN).doesNotContain("edge-key");
        }
    }

    /** Not knowing is not the same as knowing that it is wrong: the token may be good. */
    @Test
    void anIssuerThatIsAwayIsToldAsThat() {
        assertThat(refused(null, "Bearer " + AWAY).status()).isEqualTo(503);
        assertThat(refused(null, "Bearer " + AWAY).code()).isEqualTo("ISSUER_UNAVAILABLE");
        assertThat(door.admit("edge-key", "Bearer " + AWAY).role()).isEqualTo(Role.GATEWAY);
    }

    /** Where there is no issuer, keys are all there is. */
    @Test
    void withoutAnIssuerThereAreKeysAlone() {
        Door onlyKeys = new Door(new KnownCallers(keys, null), EnumSet.allOf(Role.class));

        assertThat(onlyKeys.admit("edge-key", null).role()).isEqualTo(Role.GATEWAY);
        assertThat(refused(onlyKeys, null, "Bearer " + TOKEN).status()).isEqualTo(401);
        assertThat(refused(onlyKeys, TOKEN, null).status()).isEqualTo(401);
    }

    /** Who is known and may not is told for whom it is. */
    @Test
    void anotherRoleIsRefused() {
        Door ofOwners = new Door(new KnownCallers(keys, this::read), EnumSet.of(Role.OWNER));

        Problem problem = refused(ofOwners, "edge-key", null);
        assertThat(problem.status()).isEqualTo(403);
        assertThat(problem.code()).isEqualTo("FORBIDDEN");
        assertThat(problem.detail()).isEqualTo("This is for the role owner.");
    }

    private Problem refused(@Nullable String gatewayKey, @Nullable String authorization) {
        return refused(door, gatewayKey, authorization);
    }

    private static Problem refused(
            Door door, @Nullable String gatewayKey, @Nullable String authorization) {
        return catchThrowableOfType(
                        ProblemException.class, () -> door.admit(gatewayKey, authorization))
                .problem();
    }
}
