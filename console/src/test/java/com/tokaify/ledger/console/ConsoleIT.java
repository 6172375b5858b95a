package com.tokaify.ledger.console;

import static com.tokaify.ledger.console.RunningConsole.INSTANCE_AWAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.Browser;
import com.tokaify.ledger.testkit.Browser.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import tools.jackson.databind.JsonNode;

/** The console as browsers and services meet it. */
@Timeout(120)
class ConsoleIT {
    private static final String ACCOUNT = "acc_01m83sn7z7exbbad962c652dg4";
    private static final String PASSWORD = "nine green bottles";
    private static final String REFUSED = "Name or password is not right.";

    @TempDir private static Path folder;

    private static RunningConsole console;

    @BeforeAll
    static void start() {
        console = RunningConsole.start(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @AfterEach
    void backToNow() {
        console.clock().reset();
    }

    /** Invites somebody as the operator and accepts as they would. */
    private static Browser invited(String name, String grant) {
        try (Browser operator = console.operator()) {
            String link = link(operator.post("/api/users", "{" + grant + "}"));
            Browser browser = console.browser();
            Answer accepted = browser.fill(link, Map.of("name", name, "password", PASSWORD));
            assertThat(accepted.path()).isEqualTo("/sign-in");
            browser.signIn(name, PASSWORD);
            assertThat(browser.get("/api/me").status()).isEqualTo(200);
            return browser;
        }
    }

    private static String link(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json()
                .path("link")
                .asString()
                .substring(console.address().toString().length());
    }

    private static String userId(Browser browser) {
        return browser.get("/api/me").json().path("userId").asString();
    }

    /**
     * Metrics are for who watches the ledger: not for strangers, however they write the path, not
     * for a session, and not for every role; and they say how sign-ins ended.
     */
    @Test
    void metricsAreForWatchersAlone() {
        String watcher =
                token("watcher", RunningConsole.WATCHER_SECRET, "&role=operator")
                        .path("access_token")
                        .asString();
        assertThat(decoded(watcher).getClaimAsString("role")).isEqualTo("auditor");
        String gateway = localToken("role=gateway").path("access_token").asString();
        try (Browser program = console.browser();
                Browser operator = console.operator()) {
            for (String path :
                    new String[] {
                        "/actuator/prometheus",
                        "/actuator/%70rometheus",
                        "/actuator//prometheus",
                        "/actuator/health/../prometheus",
                        "/actuator/health;/../prometheus",
                        "/actuator/prometheus/",
                        "/actuator/prometheus;x=1",
                        "/actuator"
                    }) {
                assertThat(program.get(path).body()).as(path).doesNotContain("ledger_sign_ins");
                assertThat(operator.get(path).body()).as(path).doesNotContain("ledger_sign_ins");
            }
            assertThat(program.get("/actuator/prometheus").code()).isEqualTo("UNAUTHENTICATED");
            assertThat(bearer(program, gateway).code()).isEqualTo("FORBIDDEN");

            double wrong = signIns(bearer(program, watcher), "WRONG_PASSWORD");
            double right = signIns(bearer(program, watcher), "SIGNED_IN");
            program.signIn("nobody of that name", "x");
            console.operator().close();
            assertThat(signIns(bearer(program, watcher), "WRONG_PASSWORD")).isEqualTo(wrong + 1);
            assertThat(signIns(bearer(program, watcher), "SIGNED_IN")).isEqualTo(right + 1);
        }
    }

    private static Answer bearer(Browser program, String token) {
        return program.get("/actuator/prometheus", "Authorization", "Bearer " + token);
    }

    private static double signIns(Answer metrics, String outcome) {
        String sample = "ledger_sign_ins_total{outcome=\"" + outcome + "\"} ";
        return metrics.body()
                .lines()
                .filter(line -> line.startsWith(sample))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length())))
                .sum();
    }

    /** Nothing is told before; afterwards the page knows who it is for, and is at its beginning. */
    @Test
    void operatorSignsIn() {
        try (Browser browser = console.browser()) {
            Answer before = browser.get("/api/me");
            assertThat(before.status()).isEqualTo(401);
            assertThat(before.code()).isEqualTo("UNAUTHENTICATED");
            assertThat(before.header("Content-Type")).hasValue("application/problem+json");

            Answer after = browser.signIn("Operator", RunningConsole.OPERATOR_PASSWORD);

            assertThat(after.path()).isEqualTo("/");
            JsonNode me = browser.get("/api/me").json();
            assertThat(me.path("userId").asString()).startsWith("usr_");
            assertThat(me.path("name").asString()).isEqualTo("operator");
            assertThat(me.path("role").asString()).isEqualTo("operator");
            assertThat(me.path("accountId").isNull()).isTrue();
            assertThat(me.path("ownUsers").asBoolean()).isTrue();
            assertThat(Instant.parse(me.path("signedInAt").asString()))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now());
            assertThat(me.path("csrf").path("headerName").asString()).isEqualTo("X-XSRF-TOKEN");
            assertThat(browser.cookie("XSRF-TOKEN"))
                    .hasValue(me.path("csrf").path("token").asString());
        }
    }

    /**
     * An id somebody has planted before is worth nothing after the sign-in: it changes as soon as
     * the password was right, before the issuer knows anybody under it, and once more before the
     * console does.
     */
    @Test
    void plantedSessionIsWorthNothingAfterTheSignIn() {
        try (Browser victim = console.browser();
                Browser attacker = console.browser()) {
            attacker.get("/oauth2/authorization/ledger");
            String planted = attacker.cookie("ledger").orElseThrow();
            victim.takeCookie("ledger", planted);

            List<String> ids =
                    victim.signIn("operator", RunningConsole.OPERATOR_PASSWORD).given("ledger");

            assertThat(ids).hasSize(2).doesNotHaveDuplicates().doesNotContain(planted);
            assertThat(victim.cookie("ledger")).hasValue(ids.getLast());
            assertThat(victim.get("/api/me").status()).isEqualTo(200);
            for (String worthless : List.of(planted, ids.getFirst())) {
                attacker.takeCookie("ledger", worthless);
                assertThat(attacker.get("/api/me").status()).isEqualTo(401);
                assertThat(attacker.get("/oauth2/authorization/ledger").path())
                        .as("where the issuer leads whom it does not know")
                        .isEqualTo("/sign-in");
            }
        }
    }

    /**
     * Wrong passwords are told like wrong names, and slowed down for that name from that address;
     * nobody else is kept out.
     */
    @Test
    void wrongPasswordsAreSlowedDownWithoutLockingAnybodyOut() {
        try (Browser owner = invited("slowed", "\"role\":\"auditor\"");
                Browser guesser = console.browser()) {
            for (int i = 0; i < 5; i++) {
                Answer refused = guesser.signIn("slowed", "not the password");
                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.body()).contains(REFUSED);
            }
            Answer slowed = guesser.signIn("slowed", PASSWORD);
            assertThat(slowed.status()).isEqualTo(429);
            assertThat(Integer.parseInt(slowed.header("Retry-After").orElseThrow()))
                    .isBetween(1, 60);
            assertThat(guesser.signIn("nobody at all", "x").status()).isEqualTo(401);
            assertThat(guesser.get("/api/me").status()).isEqualTo(401);
            assertThat(owner.get("/api/me").status()).isEqualTo(200);
            guesser.signIn("operator", RunningConsole.OPERATOR_PASSWORD);
            assertThat(guesser.get("/api/me").status()).isEqualTo(200);
        }
    }

    /** What another site makes a browser send is refused, be it a form or JSON. */
    @Test
    void forgedRequestsAreRefused() {
        try (Browser operator = console.operator()) {
            Answer forged =
                    operator.forge("/api/users", "application/json", "{\"role\":\"operator\"}");
            assertThat(forged.status()).isEqualTo(403);
            assertThat(forged.code()).isEqualTo("CSRF_TOKEN_INVALID");
            Answer passedOn = operator.forge("/api/command/v1/accounts", "application/json", "{}");
            assertThat(passedOn.code()).isEqualTo("CSRF_TOKEN_INVALID");
            Answer form =
                    operator.forge(
                            "/sign-in", "application/x-www-form-urlencoded", "name=a&password=b");
            assertThat(form.status()).isEqualTo(403);
            assertThat(operator.forge("/sign-out", "application/json", "{}").status())
                    .isEqualTo(403);
            assertThat(operator.get("/api/me").status()).isEqualTo(200);
        }
    }

    /** Cookies count here and bearer tokens do not, however good. */
    @Test
    void bearerTokenIsWorthNothingHere() {
        String token = localToken("role=operator").path("access_token").asString();
        int before = console.services().count();
        try (Browser stranger = console.browser()) {
            for (String path : new String[] {"/api/me", "/api/query/v1/tokens", "/api/users"}) {
                assertThat(stranger.get(path, "Authorization", "Bearer " + token).status())
                        .as(path)
                        .isEqualTo(401);
            }
        }
        assertThat(console.services().count()).isEqualTo(before);
    }

    /** The token that services get says all they need, and is signed by a key they can find. */
    @Test
    void tokenSaysWhoAndForWhichAccount() {
        try (Browser owner =
                invited("says", "\"role\":\"owner\",\"accountId\":\"" + ACCOUNT + "\"")) {
            owner.get("/api/query/v1/tokens");

            Jwt jwt = decoded(bearer());
            assertThat(jwt.getHeaders()).containsEntry("alg", "RS256").containsKey("kid");
            assertThat(jwt.getAudience()).containsExactly("tokaify-ledger");
            assertThat(jwt.getSubject()).isEqualTo(userId(owner)).startsWith("usr_");
            assertThat(jwt.getClaimAsString("role")).isEqualTo("owner");
            assertThat(jwt.getClaimAsString("account")).isEqualTo(ACCOUNT);
            assertThat(jwt.getClaimAsInstant("auth_time"))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now());
            assertThat(Duration.between(jwt.getIssuedAt(), jwt.getExpiresAt()))
                    .isEqualTo(Duration.ofMinutes(5));
            assertThat(jwt.getClaims()).doesNotContainKey("name").doesNotContainValue("says");
            assertThat(owner.get("/api/me").json().path("accountId").asString()).isEqualTo(ACCOUNT);
        }
    }

    private static String bearer() {
        String header = Objects.requireNonNull(console.services().last().header("Authorization"));
        assertThat(header).startsWith("Bearer ");
        return header.substring("Bearer ".length());
    }

    /** As a service does it: keys by discovery from the issuer's name alone. */
    private static Jwt decoded(String token) {
        return JwtDecoders.fromIssuerLocation(console.address().toString()).decode(token);
    }

    /** What is named passes both ways; cookies, and what nobody has thought of, do not. */
    @Test
    void namedHeadersPassAndNoOthers() {
        try (Browser operator = console.operator()) {
            Answer answer =
                    operator.post(
                            "/api/command/v1/tokens?dry=%C3%BC&x=1",
                            "{\"name\":\"ü\"}",
                            "If-Match",
                            "\"6\"",
                            "Idempotency-Key",
                            "once",
                            "Ledger-Position",
                            "1:2",
                            "Last-Event-ID",
                            "mark",
                            "X-Request-Id",
                            "request-1",
                            "X-Forwarded-For",
                            "203.0.113.7",
                            "Authorization",
                            "Bearer of-the-page");

            FakeServices.Asked asked = console.services().last();
            assertThat(asked.method()).isEqualTo("POST");
            assertThat(asked.uri()).hasToString("/v1/tokens?dry=%C3%BC&x=1");
            assertThat(asked.body()).isEqualTo("{\"name\":\"ü\"}");
            assertThat(asked.header("Content-Type")).isEqualTo("application/json");
            assertThat(asked.header("If-Match")).isEqualTo("\"6\"");
            assertThat(asked.header("Idempotency-Key")).isEqualTo("once");
            assertThat(asked.header("Ledger-Position")).isEqualTo("1:2");
            assertThat(asked.header("Last-Event-ID")).isEqualTo("mark");
            assertThat(asked.header("X-Request-Id")).isEqualTo("request-1");
            assertThat(asked.headers().get("Authorization")).hasSize(1);
            assertThat(decoded(bearer()).getClaimAsString("role")).isEqualTo("operator");
            assertThat(asked.headers())
                    .doesNotContainKeys("Cookie", "X-xsrf-token", "X-forwarded-for");

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("{\"answer\":42}");
            assertThat(answer.header("ETag")).hasValue("\"7\"");
            assertThat(answer.header("Ledger-Position")).hasValue("3:14");
            assertThat(answer.header("Retry-After")).hasValue("2");
            assertThat(answer.header("Content-Disposition"))
                    .hasValue("attachment; filename=\"a.json\"");
            assertThat(answer.header("X-Internal")).isEmpty();
            assertThat(answer.response().headers().allValues("Set-Cookie"))
                    .noneMatch(cookie -> cookie.contains("stolen"));
        }
    }

    /** A traced request is traced on behind the console, by what the console makes of it. */
    @Test
    void tracesGoOnBehind(@TempDir Path other) {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        String parent = "00-" + trace + "-b7ad6b7169203331-01";
        Map<String, String> on =
                Map.of("LEDGER_OTLP_ENDPOINT", INSTANCE_AWAY, "LEDGER_TRACING_SAMPLE", "0");
        try (RunningConsole traced = RunningConsole.start(other, on);
                Browser operator = traced.operator()) {
            operator.get("/api/query/v1/tokens", "traceparent", parent);
            assertThat(traced.services().last().header("traceparent"))
                    .matches("00-" + trace + "-[0-9a-f]{16}-01")
                    .isNotEqualTo(parent);
        }
        try (Browser operator = console.operator()) {
            operator.get("/api/query/v1/tokens", "traceparent", parent);
            assertThat(console.services().last().header("traceparent")).isNull();
        }
    }

    /** Every method passes; only versioned paths do. */
    @Test
    void onlyVersionedPathsPass() {
        try (Browser operator = console.operator()) {
            assertThat(operator.delete("/api/command/v1/tokens/tok_1").status()).isEqualTo(201);
            assertThat(console.services().last().method()).isEqualTo("DELETE");
            int before = console.services().count();
            for (String path :
                    new String[] {
                        "/api/command/actuator/health",
                        "/api/query/",
                        "/api/other/v1/tokens",
                        "/api/query/v1/../actuator/health",
                        "/api/query/v1/%2e%2e/actuator/health"
                    }) {
                assertThat(operator.get(path).status()).as(path).isBetween(400, 404);
            }
            assertThat(console.services().count()).isEqualTo(before);
        }
    }

    /** Each piece of a stream is there before the next is made, and the end is the end. */
    @Test
    void streamsPassPieceByPiece() throws Exception {
        try (Browser operator = console.operator()) {
            HttpResponse<InputStream> stream =
                    operator.open("/api/query/v1/live?streamsPassPieceByPiece");
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            try (BufferedReader lines = reader(stream)) {
                for (int i = 0; i < 3; i++) {
                    console.services().send("streamsPassPieceByPiece", "data: " + i + "\n\n");
                    assertThat(lines.readLine()).isEqualTo("data: " + i);
                    assertThat(lines.readLine()).isEmpty();
                }
                console.services().send("streamsPassPieceByPiece", FakeServices.END);
                assertThat(lines.readLine()).isNull();
            }
        }
    }

    /** A stream is not longer good than the token it was opened with. */
    @Test
    void streamEndsWithItsToken() throws Exception {
        try (Browser operator = console.operator();
                BufferedReader lines =
                        reader(operator.open("/api/query/v1/live?streamEndsWithItsToken"))) {
            console.services().send("streamEndsWithItsToken", "data: before\n");
            assertThat(lines.readLine()).isEqualTo("data: before");
            console.clock().advance(Duration.ofMinutes(6));
            console.services().send("streamEndsWithItsToken", "data: last\n");
            // Not even the last, where the time is looked at only now that it has passed.
            assertThat(lines.lines().toList()).isSubsetOf("data: last");
            console.services().send("streamEndsWithItsToken", FakeServices.END);
        }
    }

    /** A file that is not whole does not look whole. */
    @Test
    void answerThatIsCutLooksCut() throws Exception {
        try (Browser operator = console.operator();
                BufferedReader lines =
                        reader(operator.open("/api/query/v1/export?answerThatIsCutLooksCut"))) {
            console.services().send("answerThatIsCutLooksCut", "{\"event\":1}\n");
            assertThat(lines.readLine()).isEqualTo("{\"event\":1}");
            console.services().send("answerThatIsCutLooksCut", FakeServices.BREAK);
            assertThatThrownBy(lines::readLine).isInstanceOf(IOException.class);
        }
    }

    /** An instance is asked about itself; anything else is asked of the first that is there. */
    @Test
    void eachInstanceCanBeAskedAndNoneThatIsAwayIsMissed() {
        try (Browser operator = console.operator()) {
            int before = console.lastInstance().count();
            assertThat(operator.post("/api/enforcement/v1/diagnose", "{\"a\":1}").status())
                    .isEqualTo(201);
            assertThat(console.services().last().uri()).hasToString("/v1/diagnose");
            assertThat(console.services().last().body()).isEqualTo("{\"a\":1}");
            assertThat(console.lastInstance().count()).isEqualTo(before);

            assertThat(operator.get("/api/enforcement/3/v1/view?x=1").status()).isEqualTo(201);
            assertThat(console.lastInstance().last().uri()).hasToString("/v1/view?x=1");
            assertThat(console.lastInstance().last().header("Authorization"))
                    .startsWith("Bearer ey");

            Answer away = operator.get("/api/enforcement/1/v1/view");
            assertThat(away.status()).isEqualTo(502);
            assertThat(away.code()).isEqualTo("SERVICE_AWAY");
            assertThat(operator.get("/api/enforcement/4/v1/view").code()).isEqualTo("NOT_FOUND");
            assertThat(operator.get("/api/enforcement/3/actuator/health").status()).isEqualTo(404);
        }
    }

    /** Where machines are is an operator's business; how many there are, anybody's. */
    @Test
    void onlyOperatorsLearnWhereTheInstancesAre() {
        try (Browser operator = console.operator();
                Browser auditor = invited("looker", "\"role\":\"auditor\"")) {
            assertThat(operator.get("/api/instances").json().path("enforcement").valueStream())
                    .extracting(JsonNode::asString)
                    .containsExactly(
                            RunningConsole.INSTANCE_AWAY,
                            console.services().url(),
                            console.lastInstance().url());
            assertThat(auditor.get("/api/instances").status()).isEqualTo(403);
            Answer settings = auditor.get("/api/settings");
            assertThat(settings.json().path("enforcementInstances").asInt()).isEqualTo(3);
            assertThat(settings.body()).doesNotContain("127.0.0.1");
        }
    }

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** What goes wrong behind the console is not taken for something the person did. */
    @Test
    void troubleBehindIsTold() {
        try (Browser operator = console.operator()) {
            Answer refused = operator.get("/api/query/v1/refuses-tokens");
            assertThat(refused.status()).isEqualTo(502);
            assertThat(refused.code()).isEqualTo("TOKEN_REFUSED");
            Answer slow = operator.get("/api/query/v1/sleeps?troubleBehindIsTold");
            assertThat(slow.status()).isEqualTo(504);
            assertThat(slow.code()).isEqualTo("SERVICE_SLOW");
            console.services().send("troubleBehindIsTold", FakeServices.END);
        }
    }

    /** A link lets in one person, once, however often it is looked at. */
    @Test
    void invitationIsGoodOnce() {
        try (Browser operator = console.operator();
                Browser guest = console.browser()) {
            String older =
                    link(operator.post("/api/users", "{\"role\":\"auditor\",\"name\":\"guest\"}"));
            JsonNode item = userNamed(operator, "guest");
            assertThat(item.path("state").asString()).isEqualTo("invited");
            String id = item.path("userId").asString();
            String link = link(operator.post("/api/users/" + id + "/link", ""));

            assertThat(guest.get(older).status()).isEqualTo(404);
            assertThat(guest.get(link).body()).contains("value=\"guest\"");
            assertThat(guest.get(link).status()).isEqualTo(200);
            Answer weak = guest.fill(link, Map.of("name", "guest", "password", "short"));
            assertThat(weak.status()).isEqualTo(400);
            assertThat(weak.body()).contains("12 to 200 characters");
            Answer taken = guest.fill(link, Map.of("name", "OPERATOR", "password", PASSWORD));
            assertThat(taken.body()).contains("Somebody else has this name.");
            assertThat(guest.fill(link, Map.of("name", "Guest", "password", PASSWORD)).path())
                    .isEqualTo("/sign-in");

            assertThat(guest.get(link).status()).isEqualTo(404);
            guest.signIn("guest", PASSWORD);
            JsonNode me = guest.get("/api/me").json();
            assertThat(me.path("name").asString()).isEqualTo("Guest");
            assertThat(me.path("role").asString()).isEqualTo("auditor");
            JsonNode now = userNamed(operator, "Guest");
            assertThat(now.path("state").asString()).isEqualTo("active");
            assertThat(now.path("lastSignedInAt").isNull()).isFalse();
        }
    }

    /** A framework's complaint about a registration it does not know would be a 500. */
    @Test
    void signInBeginsAtTheOneIssuerThereIs() {
        try (Browser stranger = console.browser()) {
            assertThat(stranger.get("/oauth2/authorization/ledger").path()).isEqualTo("/sign-in");
            assertThat(stranger.get("/oauth2/authorization/another").status()).isEqualTo(404);
        }
    }

    /** After three days it is good no more. */
    @Test
    void invitationGrowsOld() {
        try (Browser operator = console.operator();
                Browser guest = console.browser()) {
            String link = link(operator.post("/api/users", "{\"role\":\"auditor\"}"));
            console.clock().advance(Duration.ofDays(3).minusMinutes(1));
            assertThat(guest.get(link).status()).isEqualTo(200);
            console.clock().advance(Duration.ofMinutes(2));
            assertThat(guest.get(link).status()).isEqualTo(404);
        }
    }

    private static JsonNode userNamed(Browser operator, String name) {
        for (JsonNode item : operator.get("/api/users").json().path("items")) {
            if (item.path("name").asString("").equals(name)) {
                return item;
            }
        }
        throw new AssertionError("no user " + name);
    }

    /** Who would get more than a role may have is not invited. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"role\":\"owner\"}|accountId is required for an owner",
                "{\"role\":\"root\"}|must be operator, owner, auditor or gateway",
                "{\"role\":\"owner\",\"accountId\":\"acc_1\"}|accountId must be",
                "{\"role\":\"auditor\",\"name\":\"two words\"}|name must have",
                "{\"role\":\"auditor\",\"admin\":true}|admin is not a field"
            })
    void badInvitationIsRefusedByField(String body, String rule) {
        try (Browser operator = console.operator()) {
            Answer refused = operator.post("/api/users", body);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().path("detail").asString()).contains(rule);
        }
    }

    /** Only operators know the others. */
    @Test
    void peopleAreTheOperatorsBusiness() {
        try (Browser auditor = invited("curious", "\"role\":\"auditor\"")) {
            for (String path : new String[] {"/api/users", "/api/clients"}) {
                Answer refused = auditor.get(path);
                assertThat(refused.status()).isEqualTo(403);
                assertThat(refused.code()).isEqualTo("FORBIDDEN");
            }
            assertThat(auditor.post("/api/users", "{\"role\":\"operator\"}").status())
                    .isEqualTo(403);
        }
    }

    /** Who acts on one's own account has a name, as has oneself; who runs the ledger has a role. */
    @Test
    void peopleOfOneAccountKnowEachOther() {
        String of = "\"role\":\"%s\",\"accountId\":\"%s\"";
        String other = ACCOUNT.replace("g4", "g5");
        try (Browser operator = console.operator();
                Browser ann = invited("ann", of.formatted("owner", ACCOUNT));
                Browser ben = invited("ben", of.formatted("auditor", ACCOUNT));
                Browser eve = invited("eve", of.formatted("owner", other));
                Browser all = invited("sees-all", "\"role\":\"auditor\"");
                Browser program = invited("no-account", "\"role\":\"gateway\"")) {
            Browser[] everybody = {operator, ann, ben, eve, all, program};

            for (Browser knowing : new Browser[] {operator, all}) {
                assertThat(names(knowing, everybody))
                        .containsExactly("operator", "ann", "ben", "eve", "sees-all", "no-account");
            }
            for (Browser ofAccount : new Browser[] {ann, ben}) {
                assertThat(names(ofAccount, everybody)).containsExactly("ann", "ben");
            }
            assertThat(names(eve, everybody)).containsExactly("eve");
            assertThat(names(program, everybody)).containsExactly("no-account");
        }
    }

    /** Events name people for ever, also those who are out, and nobody but people. */
    @Test
    void namesOfPeopleOutliveThem() {
        try (Browser operator = console.operator();
                Browser gone = invited("gone", "\"role\":\"auditor\"")) {
            String id = userId(gone);
            operator.post("/api/users/" + id + "/disable", "");
            String unnamed =
                    operator.post("/api/users", "{\"role\":\"auditor\"}")
                            .json()
                            .path("userId")
                            .asString();

            Answer names =
                    operator.get(
                            "/api/people?id=%s&id=%s&id=usr_01m83sn7z7exbbad962c652dg4&id=%s"
                                    .formatted(unnamed, id, id));

            assertThat(names.body())
                    .isEqualTo("{\"items\":[{\"userId\":\"%s\",\"name\":\"gone\"}]}".formatted(id));
        }
    }

    /** What a request for names gets wrong is told, and nothing of anybody to strangers. */
    @Test
    void badRequestForNamesIsRefusedByField() {
        String known = "id=usr_01m83sn7z7exbbad962c652dg4";
        try (Browser operator = console.operator();
                Browser stranger = console.browser()) {
            assertThat(stranger.get("/api/people?" + known).code()).isEqualTo("UNAUTHENTICATED");
            assertThat(operator.get("/api/people?" + (known + "&").repeat(200)).status())
                    .isEqualTo(200);
            Map<String, String> rules =
                    Map.of(
                            "",
                            "is required",
                            "id=" + ACCOUNT,
                            "must be 'usr_'",
                            (known + "&").repeat(201),
                            "must be given at most 200 times");
            rules.forEach((query, rule) -> {
                Answer refused = operator.get("/api/people?" + query);
                assertThat(refused.status()).isEqualTo(400);
                JsonNode error = refused.json().path("errors").path(0);
                assertThat(error.path("field").asString()).isEqualTo("id");
                assertThat(error.path("rule").asString()).startsWith(rule);
            });
        }
    }

    /** What somebody learns of these people. */
    private static List<String> names(Browser asker, Browser... people) {
        String ids =
                Stream.of(people)
                        .map(person -> "id=" + userId(person))
                        .collect(Collectors.joining("&"));
        Answer names = asker.get("/api/people?" + ids);
        assertThat(names.status()).as(names.body()).isEqualTo(200);
        return names.json()
                .path("items")
                .valueStream()
                .map(person -> person.path("name").asString())
                .toList();
    }

    /** A new password ends every session but the one it was chosen in. */
    @Test
    void changeOfPasswordEndsOtherSessions() {
        String next = "ten green bottles then";
        try (Browser here = invited("changes", "\"role\":\"auditor\"");
                Browser elsewhere = console.browser()) {
            elsewhere.signIn("changes", PASSWORD);
            assertThat(elsewhere.get("/api/me").status()).isEqualTo(200);

            Answer wrong = change(here, "not the password", next);
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.json().path("errors").path(0).path("field").asString())
                    .isEqualTo("current");
            Answer weak = change(here, PASSWORD, "changes12345");
            assertThat(weak.json().path("errors").path(0).path("field").asString())
                    .isEqualTo("next");
            assertThat(change(here, PASSWORD, next).status()).isEqualTo(204);

            assertThat(here.get("/api/me").status()).isEqualTo(200);
            assertThat(elsewhere.get("/api/me").status()).isEqualTo(401);
            assertThat(elsewhere.signIn("changes", PASSWORD).status()).isEqualTo(401);
            elsewhere.signIn("changes", next);
            assertThat(elsewhere.get("/api/me").status()).isEqualTo(200);
        }
    }

    private static Answer change(Browser browser, String current, String next) {
        return browser.post(
                "/api/password", "{\"current\":\"" + current + "\",\"next\":\"" + next + "\"}");
    }

    /** Who is disabled is out at once, everywhere; who is enabled again comes back. */
    @Test
    void disabledUserIsOutAtOnce() {
        try (Browser operator = console.operator();
                Browser user = invited("leaves", "\"role\":\"auditor\"")) {
            String id = userId(user);
            assertThat(operator.post("/api/users/" + id + "/disable", "").status()).isEqualTo(204);

            assertThat(user.get("/api/me").status()).isEqualTo(401);
            assertThat(user.get("/api/query/v1/tokens").status()).isEqualTo(401);
            assertThat(user.signIn("leaves", PASSWORD).status()).isEqualTo(401);
            assertThat(operator.post("/api/users/" + id + "/link", "").code())
                    .isEqualTo("USER_DISABLED");

            assertThat(operator.post("/api/users/" + id + "/enable", "").status()).isEqualTo(204);
            user.signIn("leaves", PASSWORD);
            assertThat(user.get("/api/me").status()).isEqualTo(200);
        }
    }

    /** Somebody is always left who can let people in. */
    @Test
    void lastOperatorStays() {
        try (Browser operator = console.operator()) {
            Answer refused = operator.post("/api/users/" + userId(operator) + "/disable", "");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("LAST_OPERATOR");
            assertThat(operator.get("/api/me").status()).isEqualTo(200);
            assertThat(
                            operator.post("/api/users/usr_01m83sn7z7exbbad962c652dg4/disable", "")
                                    .code())
                    .isEqualTo("USER_NOT_FOUND");
        }
    }

    /** Two hours without doing anything end a session; that the page listens is not doing. */
    @Test
    void idleSessionEnds() throws Exception {
        try (Browser busy = console.operator();
                Browser listening = console.operator()) {
            for (int i = 0; i < 2; i++) {
                console.clock().advance(Duration.ofMinutes(50));
                assertThat(busy.get("/api/users").status()).isEqualTo(200);
                HttpResponse<InputStream> live =
                        listening.open("/api/query/v1/live?idleSessionEnds");
                assertThat(live.statusCode()).isEqualTo(200);
                console.services().send("idleSessionEnds", FakeServices.END);
                live.body().close();
            }
            console.clock().advance(Duration.ofMinutes(25));
            assertThat(busy.get("/api/me").status()).isEqualTo(200);
            assertThat(listening.get("/api/me").status()).isEqualTo(401);
            console.clock().advance(Duration.ofMinutes(121));
            assertThat(busy.get("/api/me").status()).isEqualTo(401);
        }
    }

    /** Twelve hours end it whatever is done, and for the issuer too: the password is asked for. */
    @Test
    void oldSessionEnds() {
        try (Browser busy = console.operator()) {
            for (int i = 0; i < 12; i++) {
                assertThat(busy.get("/api/users").status()).isEqualTo(200);
                console.clock().advance(Duration.ofMinutes(61));
            }
            assertThat(busy.get("/api/users").status()).isEqualTo(401);
            assertThat(busy.get("/oauth2/authorization/ledger").path()).isEqualTo("/sign-in");
        }
    }

    /** The password is asked for again of who is signed in, and counts from then on. */
    @Test
    void passwordIsAskedAgain() {
        try (Browser operator = console.operator()) {
            Instant first = signedInAt(operator);
            console.clock().advance(Duration.ofMinutes(11));
            Answer page = operator.get("/sign-in?again");
            assertThat(page.body()).contains("Is it still you?").contains("value=\"operator\"");
            assertThat(signedInAt(operator)).isEqualTo(first);

            Answer after =
                    operator.fill(
                            "/sign-in?again",
                            Map.of(
                                    "name", "operator",
                                    "password", RunningConsole.OPERATOR_PASSWORD,
                                    "again", ""));

            assertThat(after.path()).isEqualTo("/");
            assertThat(signedInAt(operator)).isAfter(first.plus(Duration.ofMinutes(10)));
        }
    }

    private static Instant signedInAt(Browser browser) {
        return Instant.parse(browser.get("/api/me").json().path("signedInAt").asString());
    }

    /** Signing out ends the session, on the server too. */
    @Test
    void signsOut() {
        try (Browser operator = console.operator();
                Browser thief = console.browser()) {
            String cookie = operator.cookie("ledger").orElseThrow();
            Answer out = operator.post("/sign-out", "");
            assertThat(out.json().path("next").asString()).isEqualTo("/sign-in");
            assertThat(operator.get("/api/me").status()).isEqualTo(401);
            thief.takeCookie("ledger", cookie);
            assertThat(thief.get("/api/me").status()).isEqualTo(401);
            assertThat(thief.get("/oauth2/authorization/ledger").path()).isEqualTo("/sign-in");
        }
    }

    /** A program gets tokens by its secret until it is deleted; its name is never another's. */
    @Test
    void machineClientGetsTokens() {
        try (Browser operator = console.operator()) {
            Answer created =
                    operator.post(
                            "/api/clients",
                            "{\"clientId\":\"edge-1\",\"role\":\"gateway\",\"accountId\":\""
                                    + ACCOUNT
                                    + "\"}");
            assertThat(created.status()).isEqualTo(201);
            String secret = created.json().path("secret").asString();

            Jwt jwt = decoded(token("edge-1", secret, "").path("access_token").asString());
            assertThat(jwt.getSubject()).isEqualTo("edge-1");
            assertThat(jwt.getAudience()).containsExactly("tokaify-ledger");
            assertThat(jwt.getClaimAsString("role")).isEqualTo("gateway");
            assertThat(jwt.getClaimAsString("account")).isEqualTo(ACCOUNT);
            assertThat(jwt.getClaims()).doesNotContainKey("auth_time");
            // What it wishes to be counts for nothing.
            Jwt wished =
                    decoded(
                            token("edge-1", secret, "&role=operator")
                                    .path("access_token")
                                    .asString());
            assertThat(wished.getClaimAsString("role")).isEqualTo("gateway");
            assertThat(token("edge-1", "wrong", "").path("error").asString())
                    .isEqualTo("invalid_client");
            assertThat(operator.get("/api/clients").body())
                    .contains("edge-1")
                    .doesNotContain(secret);

            assertThat(operator.delete("/api/clients/edge-1").status()).isEqualTo(204);
            assertThat(token("edge-1", secret, "").path("error").asString())
                    .isEqualTo("invalid_client");
            assertThat(
                            operator.post(
                                            "/api/clients",
                                            "{\"clientId\":\"edge-1\",\"role\":\"auditor\"}")
                                    .code())
                    .isEqualTo("CLIENT_EXISTS");
        }
    }

    /** The client of the command line gets any role, for an hour, and no grant that cannot be. */
    @Test
    void localClientGetsAnyRole() {
        Jwt jwt =
                decoded(
                        localToken("role=owner&account=" + ACCOUNT)
                                .path("access_token")
                                .asString());
        assertThat(jwt.getSubject()).isEqualTo("local");
        assertThat(jwt.getClaimAsInstant("auth_time")).isAfter(Instant.now().minusSeconds(60));
        assertThat(jwt.getClaimAsString("role")).isEqualTo("owner");
        assertThat(jwt.getClaimAsString("account")).isEqualTo(ACCOUNT);
        assertThat(Duration.between(jwt.getIssuedAt(), jwt.getExpiresAt()))
                .isEqualTo(Duration.ofHours(1));
        for (String bad :
                new String[] {"role=root", "role=owner", "", "role=owner&account=acc_1"}) {
            assertThat(localToken(bad).path("error").asString())
                    .as(bad)
                    .isEqualTo("invalid_request");
        }
    }

    private static JsonNode localToken(String parameters) {
        return token("local", RunningConsole.LOCAL_SECRET, "&" + parameters);
    }

    private static JsonNode token(String client, String secret, String more) {
        try (Browser program = console.browser()) {
            return program.forge(
                            "/oauth2/token",
                            "application/x-www-form-urlencoded",
                            "grant_type=client_credentials&client_id="
                                    + client
                                    + "&client_secret="
                                    + secret
                                    + more)
                    .json();
        }
    }

    /** Whose session it is, is looked up for no file: a page asks for some eighty of them. */
    @Test
    void filesOfThePageKnowNoSession() {
        try (Browser browser = console.browser()) {
            Answer file = browser.get("/app.js");
            assertThat(file.status()).isEqualTo(200);
            assertThat(file.header("Set-Cookie")).isEmpty();
            assertThat(browser.get("/").header("Set-Cookie")).isPresent();
        }
    }

    /** Every page and every answer tells the browser to run nothing that is not from here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/app.js",
                "/sign-in",
                "/sign-in/style.css",
                "/sign-in/failed",
                "/invitation/none",
                "/api/me",
                "/api/settings",
                "/oauth2/jwks"
            })
    void browserIsToldToBeStrict(String path) {
        try (Browser browser = console.browser()) {
            Answer answer = browser.get(path);
            assertThat(answer.header("Content-Security-Policy"))
                    .hasValue(
                            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src"
                                    + " 'self'; img-src 'self' data:; font-src 'self'; base-uri"
                                    + " 'none'; form-action 'self'; frame-ancestors 'none'");
            assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.header("Referrer-Policy")).hasValue("no-referrer");
            assertThat(answer.header("X-Frame-Options")).hasValue("DENY");
            assertThat(answer.header("Cross-Origin-Opener-Policy")).hasValue("same-origin");
            assertThat(answer.body()).doesNotContain("<style", " style=", "<script>", " onclick=");
        }
    }

    /** Whoever watches the console learns whether it is well, and nothing of what it stands on. */
    @Test
    void healthTellsStrangersNoDetails() {
        try (Browser stranger = console.browser()) {
            for (String path : new String[] {"/actuator/health", "/actuator/health/readiness"}) {
                assertThat(stranger.get(path).body()).contains("UP").doesNotContain("components");
            }
        }
    }

    /** Both languages, by what the browser asks for and by choice. */
    @Test
    void speaksEnglishAndChinese() {
        try (Browser browser = console.browser()) {
            assertThat(browser.get("/sign-in").body()).contains("lang=\"en\"", ">Sign in<");
            assertThat(browser.get("/sign-in", "Accept-Language", "zh-CN,zh;q=0.9").body())
                    .contains("<html lang=\"zh\"", ">登录<");
            assertThat(browser.get("/sign-in", "Accept-Language", "fr").body())
                    .contains(">Sign in<");
            assertThat(browser.get("/sign-in?lang=zh").body()).contains(">登录<");
            assertThat(browser.get("/sign-in").body()).contains(">登录<");
            assertThat(browser.get("/sign-in?lang=en").body()).contains(">Sign in<");
        }
    }

    /** Cookies of one name of this machine are not seen by another, so all are led to one. */
    @Test
    void otherNamesOfThisMachineAreLedToTheOneThatIsKnown() {
        try (Browser browser =
                new Browser(URI.create("http://localhost:" + console.address().getPort()))) {
            assertThat(browser.get("/sign-in").response().uri().getHost()).isEqualTo("127.0.0.1");
        }
    }

    /** Keys and sessions outlive the process: nobody signs in anew because of an update. */
    @Test
    void sessionsAndTokensOutliveARestart() {
        try (Browser operator = console.operator()) {
            operator.get("/api/query/v1/tokens");
            String token = bearer();

            console.restart();

            assertThat(decoded(token).getClaimAsString("role")).isEqualTo("operator");
            assertThat(operator.get("/api/me").status()).isEqualTo(200);
            assertThat(operator.get("/api/query/v1/tokens").status()).isEqualTo(201);
            try (Browser again = console.operator()) {
                assertThat(again.get("/api/users").status()).isEqualTo(200);
            }
        }
    }

    /** What makes a password or a link is in no table. */
    @Test
    void noPasswordAndNoLinkIsKept() throws Exception {
        try (Browser operator = console.operator()) {
            String link = link(operator.post("/api/users", "{\"role\":\"auditor\"}"));
            String code = link.substring(link.lastIndexOf('/') + 1);
            try (var connection = console.database().superuser();
                    var rows =
                            connection
                                    .createStatement()
                                    .executeQuery(
                                            "SELECT string_agg(u::text || coalesce(i::text, ''), ' ')"
                                                    + " FROM console_user u LEFT JOIN invitation i USING (user_id)")) {
                rows.next();
                assertThat(rows.getString(1))
                        .contains("{argon2id}")
                        .doesNotContain(code, PASSWORD, RunningConsole.OPERATOR_PASSWORD);
            }
        }
    }

    /**
     * A token that is about to expire is renewed, by whichever instance is asked: the secret that
     * an instance has for the issuer in it lives as long as its process, and is in no table.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tokenIsRenewedInTime(boolean byAnother, @TempDir Path other) throws Exception {
        try (RunningConsole hasty =
                        RunningConsole.start(other, Map.of("LEDGER_ACCESS_TOKEN_LIFE", "62s"));
                Browser operator = hasty.operator()) {
            operator.get("/api/query/v1/tokens");
            String first = hasty.services().last().header("Authorization");
            if (byAnother) {
                hasty.restart();
            }
            Await.until(
                    Duration.ofSeconds(60),
                    "another token comes",
                    () -> {
                        assertThat(operator.get("/api/query/v1/tokens").status()).isEqualTo(201);
                        return hasty.services().last().header("Authorization");
                    },
                    header -> !header.equals(first));
            assertThat(sessionsWith(hasty, "registration.ClientRegistration")).isZero();
            assertThat(sessionsWith(hasty, "OAuth2RefreshToken")).isPositive();
        }
    }

    private static int sessionsWith(RunningConsole console, String text) throws SQLException {
        try (var connection = console.database().superuser();
                var counting =
                        connection.prepareStatement(
                                "SELECT count(*) FROM spring_session_attributes"
                                        + " WHERE position(convert_to(?, 'UTF8') IN attribute_bytes) > 0")) {
            counting.setString(1, text);
            try (var rows = counting.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
