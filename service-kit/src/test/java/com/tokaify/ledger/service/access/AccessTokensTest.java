package com.tokaify.ledger.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.service.access.Scope.EveryAccount;
import com.tokaify.ledger.service.access.Scope.OneAccount;
import com.tokaify.ledger.service.problem.ProblemException;
import com.tokaify.ledger.testkit.access.SignedTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a token speaks for, and where its signature's key comes from. */
class AccessTokensTest {
    private static final String ACCOUNT = "acc_01k0000000e000000000000001";

    private final Instant start = Instant.now();

    /** Longer than any test lasts by its own clock. */
    private final long late = start.plus(Duration.ofDays(1)).getEpochSecond();

    private final MovableClock clock = new MovableClock(start);
    private SignedTokens issuer;
    private AccessTokens tokens;

    @BeforeEach
    void open() throws Exception {
        issuer = SignedTokens.start();
        tokens = new AccessTokens(settings("role", "account"), clock);
    }

    @AfterEach
    void close() {
        tokens.close();
        issuer.close();
    }

    private AccessSettings settings(String roleClaim, String accountClaim) {
        return new AccessSettings(
                issuer.issuer(), null, SignedTokens.AUDIENCE, roleClaim, accountClaim);
    }

    private String lasting(String subject) {
        return issuer.operator().with("sub", subject).with("exp", late).signed();
    }

    /** The actor is the role and the subject, and the account is what the claim says. */
    @Test
    void aTokenSaysWhoAndWhoseAndSinceWhen() {
        Instant signedIn = Instant.ofEpochSecond(start.getEpochSecond());
        Access owner =
                tokens.accessOf(
                        issuer.owner(ACCOUNT)
                                .with("auth_time", signedIn.getEpochSecond())
                                .signed());
        assertThat(owner.actor()).hasToString("owner:usr_owner");
        assertThat(owner.role()).isEqualTo(Role.OWNER);
        assertThat(owner.scope()).isEqualTo(new OneAccount(AccountId.parse(ACCOUNT)));
        assertThat(owner.signedInAt()).isEqualTo(signedIn);

        Access gateway = tokens.accessOf(issuer.gateway().signed());
        assertThat(gateway.actor()).hasToString("gateway:usr_gateway");
        assertThat(gateway.scope()).isEqualTo(new EveryAccount());
        assertThat(gateway.signedInAt()).isNull();
    }

    /** A claim narrows auditors and gateways; an operator runs the ledger for all. */
    @Test
    void onlyAnOperatorIsNotNarrowedByAnAccount() {
        OneAccount one = new OneAccount(AccountId.parse(ACCOUNT));
        assertThat(tokens.accessOf(issuer.auditor().with("account", ACCOUNT).signed()).scope())
                .isEqualTo(one);
        assertThat(tokens.accessOf(issuer.gateway().with("account", ACCOUNT).signed()).scope())
                .isEqualTo(one);
        assertThat(tokens.accessOf(issuer.operator().with("account", ACCOUNT).signed()).scope())
                .isEqualTo(new EveryAccount());
    }

    /** Issuers that were there before this ledger have claims of their own. */
    @Test
    void claimsMayHaveOtherNamesAndTheRoleMayBeInAList() {
        try (AccessTokens other = new AccessTokens(settings("roles", "tenant"), clock)) {
            String token =
                    issuer.owner("unused")
                            .without("role")
                            .without("account")
                            .with("roles", List.of("offline_access", "owner"))
                            .with("tenant", ACCOUNT)
                            .signed();
            assertThat(other.accessOf(token).role()).isEqualTo(Role.OWNER);
            assertThat(other.accessOf(token).scope())
                    .isEqualTo(new OneAccount(AccountId.parse(ACCOUNT)));
            assertThatThrownBy(() ->
                            other.accessOf(
                                    issuer.operator()
                                            .with("roles", List.of("operator", "auditor"))
                                            .signed()))
                    .as("two roles are not guessed between")
                    .isInstanceOf(AccessTokens.Refused.class);
        }
    }

    /** Whatever is wrong with a token, it is refused, and not a word of it is repeated. */
    @Test
    void whatIsWrongIsRefused() {
        issuer.unacceptable()
                .forEach((fault, token) ->
                        assertThatThrownBy(() -> tokens.accessOf(token))
                                .as(fault)
                                .isInstanceOf(AccessTokens.Refused.class)
                                .hasMessageNotContaining(token.substring(0, 12))
                                .hasMessageNotContaining("Jane"));
    }

    /** Clocks differ by a minute at most, also for a token that was verified before. */
    @Test
    void aTokenEndsAMinuteAfterItExpires() {
        String token = issuer.operator().with("exp", start.getEpochSecond() + 30).signed();
        tokens.accessOf(token);
        clock.pass(Duration.ofSeconds(88));
        tokens.accessOf(token);
        clock.pass(Duration.ofSeconds(4));
        assertThatThrownBy(() -> tokens.accessOf(token))
                .isInstanceOf(AccessTokens.Refused.class)
                .hasMessageContaining("expired");
    }

    /** The issuer takes another key whenever it likes, and nobody has to start anything again. */
    @Test
    void aNewKeyIsFoundAndTheOldOneForgotten() {
        String before = lasting("before");
        tokens.accessOf(before);
        issuer.takeAnotherKey();
        clock.pass(IssuerKeys.PAUSE);
        tokens.accessOf(lasting("after"));
        clock.pass(IssuerKeys.FRESH.plusSeconds(1));
        assertThatThrownBy(() -> tokens.accessOf(before)).isInstanceOf(AccessTokens.Refused.class);
    }

    /** Strangers who make up names of keys do not set this service on the issuer. */
    @Test
    void unknownKeysAreNotLookedForAgainAndAgain() throws Exception {
        tokens.accessOf(lasting("known"));
        try (SignedTokens stranger = SignedTokens.start()) {
            stranger.takeAnotherKey();
            String token = stranger.operator().with("iss", issuer.issuer()).signed();
            clock.pass(IssuerKeys.PAUSE);
            for (int i = 0; i < 50; i++) {
                assertThatThrownBy(() -> tokens.accessOf(token))
                        .isInstanceOf(AccessTokens.Refused.class);
            }
        }
        assertThat(issuer.lookUps()).isEqualTo(2);
    }

    /**
     * A service starts before its issuer does; until then nobody can say whether a token is good.
     */
    @Test
    void anIssuerThatStartsLaterIsFound() {
        issuer.goAway(true);
        String token = lasting("early");
        assertThatThrownBy(() -> tokens.accessOf(token))
                .isInstanceOf(AccessTokens.IssuerUnavailable.class);
        issuer.goAway(false);
        clock.pass(IssuerKeys.PAUSE);
        assertThatCode(() -> tokens.accessOf(token)).doesNotThrowAnyException();
    }

    /** The ledger goes on for an hour without its issuer, and no longer. */
    @Test
    void keysGoOnWhileTheIssuerIsAway() {
        tokens.accessOf(lasting("first"));
        issuer.goAway(true);
        clock.pass(IssuerKeys.FRESH.plusSeconds(1));
        assertThatCode(() -> tokens.accessOf(lasting("second"))).doesNotThrowAnyException();
        clock.pass(IssuerKeys.TRUSTED);
        assertThatThrownBy(() -> tokens.accessOf(lasting("third")))
                .isInstanceOf(AccessTokens.IssuerUnavailable.class);
    }

    /** Ten minutes is recent; a machine never signed in. */
    @Test
    void aSignInIsRecentForTenMinutes() {
        Access access =
                tokens.accessOf(
                        issuer.operator().with("auth_time", start.getEpochSecond()).signed());
        Instant signedIn = Instant.ofEpochSecond(start.getEpochSecond());
        access.requireRecentSignIn(signedIn.plus(Duration.ofMinutes(10)));
        assertSignInAgain(access, signedIn.plus(Duration.ofMinutes(10)).plusMillis(1));
        assertSignInAgain(tokens.accessOf(issuer.gateway().signed()), start);
    }

    private static void assertSignInAgain(Access access, Instant now) {
        assertThatThrownBy(() -> access.requireRecentSignIn(now))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> {
                            assertThat(e.problem().status()).isEqualTo(403);
                            assertThat(e.problem().code()).isEqualTo("SIGN_IN_AGAIN");
                        });
    }

    /**
     * In a network of containers the issuer's public name may lead a service to itself: told where
     * the keys are, it asks there and nowhere else, and the name must still be the issuer's.
     */
    @Test
    void keysMayLieElsewhereThanTheIssuersName() {
        String name = "http://ledger.example";
        AccessSettings elsewhere =
                new AccessSettings(
                        name, issuer.issuer() + "/jwks", SignedTokens.AUDIENCE, "role", "account");
        try (AccessTokens named = new AccessTokens(elsewhere, clock)) {
            assertThat(named.accessOf(issuer.operator().with("iss", name).signed()).role())
                    .isEqualTo(Role.OPERATOR);
            assertThatThrownBy(() -> named.accessOf(issuer.operator().signed()))
                    .isInstanceOf(AccessTokens.Refused.class);
        }
    }
}
