package com.tokaify.ledger.query;

import static com.tokaify.ledger.query.RunningQueryService.json;
import static com.tokaify.ledger.query.ScriptedLedger.tokenCreated;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.CatalogEvent.CatalogClosed;
import com.tokaify.ledger.events.CatalogEvent.CatalogOpened;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.CatalogEvent.GroupRetired;
import com.tokaify.ledger.events.CatalogEvent.ModelListed;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent.ModelQuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.TokenEvent.TokenImported;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The service's answers, from records on a real Kafka to JSON over HTTP. */
class QueryServiceIT {
    private static final int PARTITIONS = 4;
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant FAR_AHEAD = Instant.parse("2999-12-31T23:59:59.123456Z");

    private static final ScriptedLedger LEDGER = new ScriptedLedger(PARTITIONS);
    private static LedgerTopic topic;
    private static RunningQueryService service;

    @BeforeAll
    static void start() {
        LedgerInfrastructure.get().recreateTopics(PARTITIONS);
        topic = new LedgerTopic();
        service =
                RunningQueryService.start(
                        LedgerInfrastructure.get().newQueryDatabase(), PARTITIONS);
        service.awaitReady();
    }

    @AfterAll
    static void stop() {
        service.close();
        topic.close();
    }

    /** A token is told in full, with units as integers, times in UTC, and its sequence as ETag. */
    @Test
    void tellsATokenInFull() {
        AccountId account = LEDGER.newAccountId();
        TokenId token = LEDGER.newTokenId();
        RecordedEvent created =
                happens(
                        token,
                        tokenCreated(
                                account,
                                "Büro",
                                "vip",
                                new Restrictions(
                                        1000L,
                                        List.of("gpt-b", "gpt-a"),
                                        List.of(IpRange.parse("10.1.2.3/8"), IpRange.parse("::1")),
                                        FAR_AHEAD)));
        RecordedEvent limited = happens(token, new RateLimitsChanged(new RateLimits(60L, null)));
        RecordedEvent used = happens(token, new QuotaConsumed("u1", 30, "gpt-a", 30, false));

        HttpResponse<String> answer = service.get("/v1/tokens/" + token, used.position());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(answer.body())
                .isEqualTo(
                        """
                        {"tokenId":"%s","accountId":"%s","name":"Büro","group":"vip","status":"enabled",\
                        "disabledReason":null,"mask":"sk-tkfA**********wxyz","quotaLimit":1000,"consumed":30,\
                        "remaining":970,"quotaPeriod":null,"periodEndsAt":null,"modelQuotas":null,"totalConsumed":30,\
                        "models":["gpt-b","gpt-a"],"ipAllowlist":["10.0.0.0/8","::1"],\
                        "expiresAt":"2999-12-31T23:59:59.123456Z",\
                        "rateLimits":{"requestsPerMinute":60,"unitsPerMinute":null},"importedFrom":null,"createdAt":"%s",\
                        "changedAt":"%s","lastUsedAt":"%s","sequence":2}\
                        """
                                .formatted(
                                        token,
                                        account,
                                        created.recordedAt(),
                                        limited.recordedAt(),
                                        used.recordedAt()));
    }

    /** What counts in the period is told beside the total, and so is what each model may use. */
    @Test
    void tellsPeriodsModelsAndWhereATokenIsFrom() {
        TokenId token =
                token(
                        LEDGER.newAccountId(),
                        new Restrictions(1000L, null, null, null),
                        new TokenImported("new-api", "4711", 99),
                        new QuotaConsumed("u1", 30, "gpt-a", 30, false),
                        new ModelQuotasChanged(
                                List.of(new ModelQuota("gpt-b", 70), new ModelQuota("gpt-a", 7))),
                        new QuotaPeriodChanged(
                                new QuotaPeriod(QuotaPeriod.Every.MONTH, "Asia/Shanghai")),
                        new QuotaPeriodStarted(LONG_AGO, FAR_AHEAD, 30),
                        new QuotaConsumed("u2", 7, "gpt-a", 37, false),
                        new ModelQuotaExhausted("gpt-a", 7, 7));

        HttpResponse<String> answer = service.get("/v1/tokens/" + token);

        assertThat(json(answer).required("status").asString())
                .as("a model's limit is not the token's")
                .isEqualTo("enabled");
        assertThat(answer.body())
                .contains(
                        """
                        "quotaLimit":1000,"consumed":7,"remaining":993,\
                        "quotaPeriod":{"every":"month","timeZone":"Asia/Shanghai"},\
                        "periodEndsAt":"2999-12-31T23:59:59.123456Z",\
                        "modelQuotas":[{"model":"gpt-b","quotaLimit":70,"consumed":0},\
                        {"model":"gpt-a","quotaLimit":7,"consumed":7}],"totalConsumed":37,"models":null\
                        """)
                .contains("\"importedFrom\":\"new-api\"");
    }

    /**
     * Every answer tells how fresh its view is, also that there is nothing; of one stream with the
     * position, which is at least the one that was waited for.
     */
    @Test
    void everyAnswerTellsHowFreshItsViewIs() {
        TokenId token = LEDGER.newTokenId();
        RecordedEvent created = happens(token, tokenCreated(LEDGER.newAccountId(), "fresh"));

        HttpResponse<String> shown = service.get("/v1/tokens/" + token, created.position());
        HttpResponse<String> unknown = service.get("/v1/tokens/" + LEDGER.newTokenId());
        HttpResponse<String> list = service.get("/v1/tokens");

        Position told = Position.parse(shown.headers().firstValue(Position.HEADER).orElseThrow());
        assertThat(told.partition()).isEqualTo(created.position().partition());
        assertThat(told.pseq()).isGreaterThanOrEqualTo(created.position().pseq());
        assertThat(unknown.statusCode()).isEqualTo(404);
        for (HttpResponse<String> answer : List.of(shown, unknown, list)) {
            assertThat(answer.headers().firstValue("Ledger-View-Lag")).isPresent();
            assertThat(answer.headers().firstValueAsLong("Ledger-View-Age-Ms").orElseThrow())
                    .isLessThan(60_000);
        }
        assertThat(list.headers().firstValue(Position.HEADER)).isEmpty();
    }

    /** What is unlimited, any or never is null. */
    @Test
    void tellsAnUnrestrictedTokenWithNulls() {
        TokenId token = LEDGER.newTokenId();
        RecordedEvent created = happens(token, tokenCreated(LEDGER.newAccountId(), "free"));

        JsonNode item = json(service.get("/v1/tokens/" + token, created.position()));

        for (String field :
                List.of(
                        "quotaLimit",
                        "remaining",
                        "quotaPeriod",
                        "periodEndsAt",
                        "modelQuotas",
                        "models",
                        "ipAllowlist",
                        "expiresAt",
                        "rateLimits",
                        "importedFrom",
                        "lastUsedAt",
                        "disabledReason")) {
            assertThat(item.required(field).isNull()).as(field).isTrue();
        }
    }

    /** What a check would say first: off, expired, used up; in list and detail. */
    @Test
    void tellsTheStatusThatACheckWouldNameFirst() {
        AccountId account = LEDGER.newAccountId();
        Restrictions past = new Restrictions(10L, null, null, LONG_AGO);
        Restrictions small = new Restrictions(10L, null, null, null);
        LedgerEvent overrun = new QuotaConsumed("u1", 12, null, 12, true);
        TokenId off = token(account, past, overrun, new TokenDisabled("leaked"));
        TokenId clock = token(account, past, overrun);
        TokenId flag = token(account, small, new TokenExpired(FAR_AHEAD));
        TokenId disabled = token(account, small, overrun, new TokenDisabled("leaked"));
        TokenId exhausted = token(account, small, overrun);
        TokenId raised = token(account, small, overrun, new QuotaLimitChanged(13L));
        LedgerEvent daily = new QuotaPeriodChanged(new QuotaPeriod(QuotaPeriod.Every.DAY, "UTC"));
        TokenId anew =
                token(
                        account,
                        small,
                        daily,
                        new QuotaPeriodStarted(LONG_AGO, LONG_AGO.plusSeconds(1), 0),
                        overrun);
        TokenId within =
                token(
                        account,
                        small,
                        daily,
                        new QuotaPeriodStarted(LONG_AGO, FAR_AHEAD, 0),
                        overrun);
        Position seen = happens(raised, new TokenRenamed("raised")).position();

        assertThat(status(off, seen)).isEqualTo("disabled");
        assertThat(status(clock, seen)).isEqualTo("expired");
        assertThat(status(flag, seen)).isEqualTo("expired");
        assertThat(status(disabled, seen)).isEqualTo("disabled");
        assertThat(status(exhausted, seen)).isEqualTo("exhausted");
        assertThat(status(raised, seen)).isEqualTo("enabled");
        assertThat(status(anew, seen)).as("its period is over").isEqualTo("enabled");
        assertThat(status(within, seen)).isEqualTo("exhausted");
        assertThat(list("accountId=" + account + "&status=expired"))
                .containsExactly(flag.toString(), clock.toString());
        assertThat(list("accountId=" + account + "&status=disabled"))
                .containsExactly(disabled.toString(), off.toString());
        assertThat(list("accountId=" + account + "&status=exhausted"))
                .containsExactly(within.toString(), exhausted.toString());
        assertThat(list("accountId=" + account + "&status=enabled"))
                .containsExactly(anew.toString(), raised.toString());
        assertThat(json(service.get("/v1/tokens/" + exhausted)).required("remaining").asLong())
                .isZero();
    }

    /** A deleted token is in no list, and its page says that it was deleted. */
    @Test
    void aDeletedTokenIsNotShown() {
        AccountId account = LEDGER.newAccountId();
        TokenId token = token(account, Restrictions.NONE);
        Position seen = happens(token, new TokenDeleted()).position();

        HttpResponse<String> answer = service.get("/v1/tokens/" + token, seen);

        assertProblem(answer, 404, "TOKEN_DELETED");
        assertThat(list("accountId=" + account)).isEmpty();
    }

    /** The past is told in the shape of the present, and a deleted token as it was before that. */
    @Test
    void tellsTokensAndAccountsAsTheyWere() {
        AccountId account = LEDGER.newAccountId();
        RecordedEvent opened = happens(account, new AccountOpened("Then"));
        TokenId token = LEDGER.newTokenId();
        RecordedEvent created =
                happens(
                        token,
                        tokenCreated(
                                account, "first", "vip", new Restrictions(50L, null, null, null)));
        RecordedEvent used = happens(token, new QuotaConsumed("u1", 30, "gpt-a", 30, false));
        RecordedEvent renamed = happens(token, new TokenRenamed("second"));
        JsonNode live = json(service.get("/v1/tokens/" + token, renamed.position()));
        Position seen = happens(token, new TokenDeleted()).position();
        awaitSeen(seen);

        JsonNode then = json(service.get("/v1/tokens/" + token + "?asOf=" + used.recordedAt()));
        assertThat(then.required("name").asString()).isEqualTo("first");
        assertThat(then.required("consumed").asLong()).isEqualTo(30);
        assertThat(then.required("asOf").asString()).isEqualTo(used.recordedAt().toString());
        HttpResponse<String> bySequence = service.get("/v1/tokens/" + token + "?asOf=2");
        assertThat(bySequence.headers().firstValue("ETag")).contains("\"2\"");
        ObjectNode withoutAsOf = (ObjectNode) json(bySequence);
        assertThat(withoutAsOf.remove("asOf").asString())
                .isEqualTo(renamed.recordedAt().toString());
        assertThat(withoutAsOf).as("as it was shown when it was the present").isEqualTo(live);

        String before = created.recordedAt().minusSeconds(1).toString();
        assertProblem(
                service.get("/v1/tokens/" + token + "?asOf=" + before), 404, "NOT_YET_CREATED");
        assertProblem(service.get("/v1/tokens/" + token + "?asOf=3"), 404, "TOKEN_DELETED");
        assertProblem(service.get("/v1/tokens/" + token + "?asOf=4"), 400, "INVALID_REQUEST");
        assertProblem(
                service.get("/v1/tokens/" + LEDGER.newTokenId() + "?asOf=0"),
                404,
                "TOKEN_NOT_FOUND");

        JsonNode accountThen =
                json(service.get("/v1/accounts/" + account + "?asOf=" + created.recordedAt()));
        assertThat(accountThen.required("consumed").asLong()).isZero();
        accountThen = json(service.get("/v1/accounts/" + account + "?asOf=" + used.recordedAt()));
        assertThat(accountThen.required("consumed").asLong()).isEqualTo(30);
        assertThat(accountThen.required("balance").asLong()).isEqualTo(-30);
        assertProblem(
                service.get(
                        "/v1/accounts/" + account + "?asOf=" + opened.recordedAt().minusSeconds(1)),
                404,
                "NOT_YET_CREATED");
    }

    /** A history says what, when, who, from which request, and every field before and after. */
    @Test
    void tellsHistoriesWithWhatChanged() {
        AccountId account = LEDGER.newAccountId();
        happens(account, new AccountOpened("Told"));
        Position suspended = happens(account, new AccountSuspended("debt")).position();
        TokenId token =
                token(
                        account,
                        new Restrictions(100L, null, null, null),
                        new QuotaLimitChanged(200L),
                        new QuotaConsumed("u1", 200, "gpt-a", 200, false),
                        new TokenDeleted());
        awaitSeen(suspended);

        JsonNode page = json(service.get("/v1/tokens/" + token + "/history?limit=3"));

        JsonNode used = page.required("items").required(1);
        assertThat(used.required("sequence").asLong()).isEqualTo(2);
        assertThat(used.required("data").toString())
                .isEqualTo(
                        """
                        {"usageId":"u1","amount":200,"model":"gpt-a","totalAfter":200,"overrun":false}\
                        """);
        assertThat(used.required("changes").toString())
                .isEqualTo(
                        """
                        [{"field":"status","before":"enabled","after":"exhausted"},\
                        {"field":"consumed","before":0,"after":200},\
                        {"field":"totalConsumed","before":0,"after":200}]\
                        """);
        JsonNode raised = page.required("items").required(2);
        assertThat(raised.required("type").asString())
                .isEqualTo("com.tokaify.ledger.quota-limit-changed.v1");
        assertThat(raised.required("actor").toString())
                .isEqualTo("{\"kind\":\"system\",\"id\":\"test\"}");
        assertThat(raised.required("correlationId").asString()).isEqualTo("correlation");
        assertThat(raised.required("changes").toString())
                .isEqualTo("[{\"field\":\"quotaLimit\",\"before\":100,\"after\":200}]");
        JsonNode rest =
                json(
                        service.get(
                                "/v1/tokens/" + token + "/history?limit=3&cursor=" + cursor(page)));
        assertThat(rest.required("nextCursor").isNull()).isTrue();
        assertThat(rest.required("items").size()).isEqualTo(1);
        assertThat(rest.required("items").required(0).required("data").has("lookupHash")).isFalse();

        JsonNode ofAccount =
                json(
                        service.get(
                                "/v1/accounts/"
                                        + account
                                        + "/history?order=oldest&from=1"
                                        + "&type=com.tokaify.ledger.account-suspended.v1"));
        assertThat(ofAccount.required("items").required(0).required("changes").toString())
                .isEqualTo("[{\"field\":\"suspended\",\"before\":false,\"after\":true}]");
        assertProblem(
                service.get("/v1/tokens/" + LEDGER.newTokenId() + "/history"),
                404,
                "TOKEN_NOT_FOUND");
        assertProblem(
                service.get("/v1/accounts/" + LEDGER.newAccountId() + "/history"),
                404,
                "ACCOUNT_NOT_FOUND");
    }

    /** Why it was refused then is told with the event that made it so. */
    @Test
    void tellsWhyACallWasRefusedThen() {
        AccountId account = LEDGER.newAccountId();
        happens(account, new AccountOpened("Asked"));
        Position paid = happens(account, new BalanceCredited(100, "payment")).position();
        TokenId token = token(account, Restrictions.NONE, new TokenDisabled("leaked"));
        awaitSeen(paid);

        JsonNode then =
                json(
                        service.get(
                                "/v1/tokens/"
                                        + token
                                        + "/decision?at=1&model=gpt-a&ip=10.0.0.1&amount=5"));

        assertThat(then.required("valid").asBoolean()).isFalse();
        assertThat(then.required("code").asString()).isEqualTo("TOKEN_DISABLED");
        JsonNode cause = then.required("checks").required(2).required("causes").required(0);
        assertThat(cause.required("stream").asString()).isEqualTo(token.toString());
        assertThat(cause.required("sequence").asLong()).isEqualTo(1);
        assertThat(
                        json(service.get("/v1/tokens/" + token + "/decision?at=0"))
                                .required("code")
                                .asString())
                .isEqualTo("OK");
        assertThat(
                        json(service.get("/v1/tokens/" + token + "/decision"))
                                .required("code")
                                .asString())
                .isEqualTo("TOKEN_DISABLED");
        assertProblem(
                service.get("/v1/tokens/" + LEDGER.newTokenId() + "/decision"),
                404,
                "TOKEN_NOT_FOUND");
        assertProblem(
                service.get("/v1/tokens/" + token + "/decision?amount=0"), 400, "INVALID_REQUEST");
    }

    /** The list is searched by part of the name in any case, part of the mask, or the whole id. */
    @Test
    void findsTokensByNameMaskAndId() {
        AccountId account = LEDGER.newAccountId();
        TokenId first = LEDGER.newTokenId();
        TokenId second = LEDGER.newTokenId();
        happens(first, tokenCreated(account, "100% MÜLLER_straße"));
        Position seen = happens(second, tokenCreated(account, "other")).position();
        awaitSeen(seen);

        assertThat(search(account, "müller")).containsExactly(first.toString());
        assertThat(search(account, "STRASSE")).containsExactly(first.toString());
        assertThat(search(account, "100%")).containsExactly(first.toString());
        assertThat(search(account, "%")).containsExactly(first.toString());
        assertThat(search(account, "_")).containsExactly(first.toString());
        assertThat(search(account, second.toString())).containsExactly(second.toString());
        assertThat(search(account, "sk-tkfA")).hasSize(2);
        assertThat(search(account, "nobody")).isEmpty();
    }

    /**
     * Pages follow each other newest first and neither repeat nor miss what was there throughout.
     */
    @Test
    void pagesStayRightWhileTokensComeAndGo() {
        AccountId account = LEDGER.newAccountId();
        List<TokenId> tokens = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            tokens.add(token(account, Restrictions.NONE));
        }
        String all = "/v1/tokens?limit=3&accountId=" + account;

        awaitSeen(happens(tokens.get(6), new TokenRenamed("newest")).position());
        JsonNode first = json(service.get(all));
        awaitSeen(happens(tokens.get(4), new TokenDeleted()).position());
        token(account, Restrictions.NONE);
        JsonNode second = json(service.get(all + "&cursor=" + cursor(first)));
        JsonNode third = json(service.get(all + "&cursor=" + cursor(second)));

        assertThat(ids(first)).containsExactly(texts(tokens.get(6), tokens.get(5), tokens.get(4)));
        assertThat(ids(second)).containsExactly(texts(tokens.get(3), tokens.get(2), tokens.get(1)));
        assertThat(ids(third)).containsExactly(texts(tokens.get(0)));
        assertThat(third.required("nextCursor").isNull()).isTrue();
    }

    /** An account's balance is credits + adjustments − the usage of its tokens. */
    @Test
    void tellsAnAccountWithItsBalance() {
        AccountId account = LEDGER.newAccountId();
        TokenId one = token(account, Restrictions.NONE, new QuotaConsumed("u1", 5, null, 5, false));
        TokenId two = token(account, Restrictions.NONE);
        // Usage is seen before the account is opened: it lies in other partitions.
        awaitSeen(happens(one, new QuotaConsumed("u2", 6, null, 11, false)).position());
        assertProblem(service.get("/v1/accounts/" + account), 404, "ACCOUNT_NOT_FOUND");

        RecordedEvent opened = happens(account, new AccountOpened("Acme"));
        happens(account, new BalanceCredited(1000, "invoice-1"));
        happens(account, new BalanceAdjusted(-100, "goodwill"));
        Position suspended = happens(account, new AccountSuspended(null)).position();
        awaitSeen(happens(two, new QuotaConsumed("u3", 9, null, 9, false)).position());

        assertThat(service.get("/v1/accounts/" + account, suspended).body())
                .isEqualTo(
                        """
                        {"accountId":"%s","name":"Acme","status":"suspended","balance":880,"credited":1000,\
                        "adjusted":-100,"consumed":20,"openedAt":"%s"}\
                        """
                                .formatted(account, opened.recordedAt()));
    }

    /** The catalog is told whole, retired entries marked. */
    @Test
    void tellsTheCatalog() {
        happens(CatalogId.CATALOG, new GroupDefined("vip", "Very important"));
        happens(CatalogId.CATALOG, new GroupDefined("default", "Default"));
        happens(CatalogId.CATALOG, new GroupRetired("vip"));
        awaitSeen(happens(CatalogId.CATALOG, new ModelListed("gpt-a")).position());

        assertThat(service.get("/v1/groups").body())
                .isEqualTo(
                        """
                        {"items":[{"name":"default","displayName":"Default","retired":false},\
                        {"name":"vip","displayName":"Very important","retired":true}]}\
                        """);
        assertThat(service.get("/v1/models").body())
                .isEqualTo(
                        "{\"items\":[{\"model\":\"gpt-a\",\"retired\":false}],\"closed\":false}");
    }

    /** Whether tokens may name any model is told with the models there are. */
    @Test
    void tellsWhetherTheCatalogIsClosed() {
        awaitSeen(happens(CatalogId.CATALOG, new CatalogClosed()).position());
        assertThat(json(service.get("/v1/models")).required("closed").asBoolean()).isTrue();

        awaitSeen(happens(CatalogId.CATALOG, new CatalogOpened()).position());
        assertThat(json(service.get("/v1/models")).required("closed").asBoolean()).isFalse();
    }

    /** What an aborted transaction wrote never happened, though it lies in the topic. */
    @Test
    void abortedTransactionsAreNotSeen() {
        TokenId token = token(LEDGER.newAccountId(), Restrictions.NONE);
        RecordedEvent renamed = LEDGER.record(token, new TokenRenamed("committed"));
        topic.abort(ScriptedLedger.instead(renamed, new TokenRenamed("aborted")));

        topic.commit(renamed);

        assertThat(name(token, renamed.position())).isEqualTo("committed");
    }

    /**
     * A query that names a position waits for the view to have it, and then sees what it asked for.
     */
    @Test
    void aQueryWaitsForThePositionItNames() throws Exception {
        TokenId token = LEDGER.newTokenId();
        RecordedEvent created = LEDGER.record(token, tokenCreated(LEDGER.newAccountId(), "mine"));
        CompletableFuture<HttpResponse<String>> waiting =
                CompletableFuture.supplyAsync(
                        () -> service.get("/v1/tokens/" + token, created.position()));
        assertThat(service.get("/v1/tokens/" + token).statusCode()).isEqualTo(404);
        assertThat(waiting.isDone()).isFalse();

        topic.commit(created);

        assertThat(waiting.get().statusCode()).isEqualTo(200);
        assertThat(json(waiting.get()).required("name").asString()).isEqualTo("mine");
    }

    /** A position that does not come in time is told as such, and when to ask again. */
    @Test
    void aPositionThatDoesNotComeIsToldInTime() {
        HttpResponse<String> answer = service.get("/v1/tokens", new Position(0, 1_000_000));

        assertProblem(answer, 503, "VIEW_BEHIND");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    /** What a request gets wrong is named: the field and the rule. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /v1/tokens?state=enabled,       state,     'is not a parameter; there are accountId, status'
                    /v1/tokens?status=deleted,      status,    'must be enabled, disabled, expired or exhausted'
                    /v1/tokens?accountId=acme,      accountId, must be 'acc_'
                    /v1/tokens?limit=201,           limit,     must be a whole number from 1 to 200
                    /v1/tokens?limit=1&limit=2,     limit,     must be given once
                    /v1/tokens?cursor=x,            cursor,    must be the nextCursor of an earlier answer
                    /v1/tokens/tok_x,               tokenId,   must be 'tok_'
                    /v1/tokens/tok_x?asOf=now,      asOf,      must be an instant
                    /v1/tokens/tok_x?asOf=2999-12-31T00:00:00Z, asOf, must not be in the future
                    /v1/tokens/tok_x/history?from=x, from,     must be an instant
                    /v1/tokens/tok_x/history?type=x, type,     must name types of events
                    /v1/tokens/tok_x/history?order=x, order,   must be newest or oldest
                    /v1/tokens/tok_x/history?cursor=x, cursor, must be the nextCursor
                    /v1/tokens/tok_x/history?cursor=AQAAAAAAAAAA, cursor, must be the nextCursor
                    /v1/tokens/tok_x/history?limit=201, limit, must be a whole number from 1 to 200
                    /v1/tokens/tok_x/decision?at=x, at,        must be an instant
                    /v1/tokens/tok_x/decision?ip=x, ip,        must be
                    /v1/tokens/tok_x/decision?amount=x, amount, must be a whole number
                    /v1/accounts/x,                 accountId, must be 'acc_'
                    /v1/accounts/x?a=b,             a,         is not a parameter; there are asOf
                    /v1/accounts/x?asOf=1.5,        asOf,      must be an instant
                    /v1/groups?a=b,                 a,         is not a parameter; this query has none
                    """)
    void refusesABadRequestByName(String path, String field, String rule) {
        HttpResponse<String> answer = service.get(path);

        assertProblem(answer, 400, "INVALID_REQUEST");
        JsonNode error = json(answer).required("errors").required(0);
        assertThat(error.required("field").asString()).isEqualTo(field);
        assertThat(error.required("rule").asString()).startsWith(rule);
    }

    /** So is a position nobody can have seen. */
    @ParameterizedTest
    @CsvSource({"nonsense,must be <partition>:<pseq>", "4:1,must name a partition from 0 to 3"})
    void refusesABadPositionByName(String position, String rule) {
        HttpResponse<String> answer = service.get("/v1/tokens", Position.HEADER, position);

        assertProblem(answer, 400, "INVALID_REQUEST");
        JsonNode error = json(answer).required("errors").required(0);
        assertThat(error.required("field").asString()).isEqualTo(Position.HEADER);
        assertThat(error.required("rule").asString()).startsWith(rule);
    }

    /** Ids nobody has given out are unknown, not malformed. */
    @Test
    void unknownIdsAreNotFound() {
        assertProblem(service.get("/v1/tokens/" + LEDGER.newTokenId()), 404, "TOKEN_NOT_FOUND");
        assertProblem(
                service.get("/v1/accounts/" + LEDGER.newAccountId()), 404, "ACCOUNT_NOT_FOUND");
        assertProblem(service.get("/v1/nothing"), 404, "NOT_FOUND");
    }

    private static RecordedEvent happens(StreamId stream, LedgerEvent event) {
        RecordedEvent recorded = LEDGER.record(stream, event);
        topic.commit(recorded);
        return recorded;
    }

    /** A new token to which these events have happened, and the view has seen it. */
    private static TokenId token(
            AccountId account, Restrictions restrictions, LedgerEvent... then) {
        TokenId token = LEDGER.newTokenId();
        RecordedEvent last =
                happens(token, tokenCreated(account, "a token", "default", restrictions));
        for (LedgerEvent event : then) {
            last = happens(token, event);
        }
        awaitSeen(last.position());
        return token;
    }

    private static void awaitSeen(Position position) {
        assertThat(service.get("/v1/groups", position).statusCode()).isEqualTo(200);
    }

    private static String status(TokenId token, Position seen) {
        return json(service.get("/v1/tokens/" + token, seen)).required("status").asString();
    }

    private static String name(TokenId token, Position seen) {
        return json(service.get("/v1/tokens/" + token, seen)).required("name").asString();
    }

    private static List<String> list(String parameters) {
        return ids(json(service.get("/v1/tokens?" + parameters)));
    }

    private static List<String> search(AccountId account, String text) {
        return list(
                "accountId=%s&search=%s"
                        .formatted(account, URLEncoder.encode(text, StandardCharsets.UTF_8)));
    }

    private static List<String> ids(JsonNode page) {
        return page.required("items")
                .valueStream()
                .map(item -> item.required("tokenId").asString())
                .toList();
    }

    private static String cursor(JsonNode page) {
        return page.required("nextCursor").asString();
    }

    private static String[] texts(TokenId... tokens) {
        return List.of(tokens).stream().map(TokenId::toString).toArray(String[]::new);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(json(answer).required("code").asString()).isEqualTo(code);
    }
}
