package com.tokaify.ledger.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.foreign.ForeignIssuer;
import com.tokaify.ledger.testkit.Browser;
import com.tokaify.ledger.testkit.Browser.Answer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import tools.jackson.databind.JsonNode;

/** Any other issuer takes the place of the embedded one, by configuration alone. */
class ForeignIssuerIT {
    @TempDir private static Path folder;

    private static RunningConsole console;

    @BeforeAll
    static void start() {
        console =
                RunningConsole.start(
                        folder,
                        ForeignIssuer::start,
                        Map.of(
                                "LEDGER_OIDC_CLIENT_ID",
                                "tokaify",
                                "LEDGER_OIDC_CLIENT_SECRET",
                                ForeignIssuer.SECRET,
                                "LEDGER_ACCESS_ROLE_CLAIM",
                                "ledger_role",
                                "LEDGER_ACCESS_ACCOUNT_CLAIM",
                                "ledger_account"));
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    /**
     * People sign in there, with the claims it has, and its tokens go to the services; nothing of
     * the embedded issuer is left to be asked.
     */
    @Test
    void anotherIssuerTakesItsPlace() {
        try (Browser owen = console.browser();
                Browser nobody = console.browser()) {
            URI issuer = Objects.requireNonNull(console.issuer());
            Answer login = owen.get("/sign-in");
            assertThat(login.response().uri()).isEqualTo(issuer.resolve("/login"));

            Answer home = signIn(owen, login, "owen");

            assertThat(home.response().uri()).isEqualTo(console.address().resolve("/"));
            JsonNode me = owen.get("/api/me").json();
            assertThat(me.path("userId").asString()).isEqualTo("owen");
            assertThat(me.path("role").asString()).isEqualTo("owner");
            assertThat(me.path("accountId").asString()).isEqualTo(ForeignIssuer.ACCOUNT);
            assertThat(me.path("ownUsers").asBoolean()).isFalse();
            assertThat(me.path("signedInAt").isNull()).isFalse();

            assertThat(owen.get("/api/query/v1/tokens").status()).isEqualTo(201);
            String bearer =
                    Objects.requireNonNull(console.services().last().header("Authorization"))
                            .substring("Bearer ".length());
            Jwt jwt = JwtDecoders.fromIssuerLocation(issuer.toString()).decode(bearer);
            assertThat(jwt.getClaimAsString("ledger_role")).isEqualTo("owner");

            for (String path :
                    new String[] {
                        "/oauth2/jwks",
                        "/.well-known/openid-configuration",
                        "/invitation/none",
                        "/oauth2/authorize",
                        "/api/people?id=usr_01m83sn7z7exbbad962c652dg4"
                    }) {
                assertThat(owen.get(path).status()).as(path).isEqualTo(404);
            }
            assertThat(owen.post("/api/password", "{}").status()).isEqualTo(404);

            // Known there, but nothing here: told so, and not sent round in a circle.
            Answer refused = signIn(nobody, nobody.get("/sign-in"), "nobody");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("nobody has given you a role here yet");
            assertThat(nobody.get("/api/me").status()).isEqualTo(401);

            // The issuer is told that it ends, and asked for the password when that is wanted.
            String next = owen.post("/sign-out", "").json().path("next").asString();
            assertThat(next)
                    .startsWith(issuer + "/connect/logout?id_token_hint=ey")
                    .contains("post_logout_redirect_uri=");
            assertThat(way(owen.get("/sign-in?again").response()))
                    .anyMatch(uri -> uri.contains("prompt=login") && uri.contains("max_age=0"));
        }
    }

    /** Who comes back from there is not known under an id that somebody has planted before. */
    @Test
    void plantedSessionIsWorthNothingAfterTheSignIn() {
        try (Browser owen = console.browser();
                Browser attacker = console.browser()) {
            attacker.get("/sign-in");
            String planted = attacker.cookie("ledger").orElseThrow();
            owen.takeCookie("ledger", planted);

            signIn(owen, owen.get("/sign-in"), "owen");

            assertThat(owen.get("/api/me").status()).isEqualTo(200);
            assertThat(owen.cookie("ledger")).isPresent().get().isNotEqualTo(planted);
            attacker.takeCookie("ledger", planted);
            assertThat(attacker.get("/api/me").status()).isEqualTo(401);
        }
    }

    /** Where redirects have led through. */
    private static List<String> way(HttpResponse<String> end) {
        List<String> way = new ArrayList<>();
        for (HttpResponse<String> step = end;
                step != null;
                step = step.previousResponse().orElse(null)) {
            way.add(step.uri().toString());
        }
        return way;
    }

    private static Answer signIn(Browser browser, Answer login, String name) {
        return browser.fill(
                login.response().uri().toString(),
                Map.of("username", name, "password", ForeignIssuer.PASSWORD));
    }
}
