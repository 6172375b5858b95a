package com.tokaify.ledger.query;

import static com.tokaify.ledger.query.RunningQueryService.json;
import static com.tokaify.ledger.query.ScriptedLedger.tokenCreated;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Lists, usage and statements, from records on a real Kafka to JSON over HTTP. */
class ListsServiceIT {
    private static final int PARTITIONS = 4;
    private static final String DAY = "from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z";

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

    /** A list tells how many there are, and its cursor is good for itself alone. */
    @Test
    void listsTokensInTheOrderThatIsAskedFor() {
        AccountId account = LEDGER.newAccountId();
        TokenId b = token(account, "b", 30);
        TokenId a = token(account, "A", 10);
        TokenId c = token(account, "c", 20);
        String list = "/v1/tokens?accountId=" + account + "&limit=2";

        JsonNode byName = json(service.get(list + "&sort=name"));
        assertThat(ids(byName)).containsExactly(a.toString(), b.toString());
        assertThat(byName.required("total").asInt()).isEqualTo(3);
        assertThat(byName.required("totalAtLeast").asInt()).isEqualTo(3);
        String cursor = byName.required("nextCursor").asString();
        assertThat(ids(json(service.get(list + "&sort=name&cursor=" + cursor))))
                .containsExactly(c.toString());
        assertInvalid(
                service.get(list + "&sort=totalConsumed&cursor=" + cursor),
                "cursor",
                "belongs to other filters or another order");
        assertThat(ids(json(service.get(list + "&sort=totalConsumed"))))
                .containsExactly(b.toString(), c.toString());
        assertThat(ids(json(service.get(list + "&sort=lastUsedAt&order=asc&nearQuota=15"))))
                .containsExactly(b.toString(), c.toString());
    }

    /** Usage is told by the day of the zone that is asked for, of a deleted token too. */
    @Test
    void tellsUsageOverTime() {
        AccountId account = LEDGER.newAccountId();
        awaitSeen(happens(account, new AccountOpened("Acme")).position());
        TokenId token = LEDGER.newTokenId();
        happens(token, tokenCreated(account, "t"));
        happens(token, new QuotaConsumed("u1", 30, "gpt-a", 30, false));
        happens(token, new QuotaConsumed("u2", 5, null, 35, false));
        happens(token, new QuotaRefunded("u1", 10, "gpt-a", "error", true, 25));
        Position seen = happens(token, new TokenDeleted()).position();

        String expected =
                """
                {"bucket":"day","timeZone":"Asia/Shanghai","from":"2026-11-22T16:00:00Z","to":"2026-11-24T16:00:00Z",\
                "total":{"calls":2,"consumed":35,"refunds":1,"refunded":10},"items":[\
                {"startsAt":"2026-11-22T16:00:00Z","endsAt":"2026-11-23T16:00:00Z",\
                "calls":2,"consumed":35,"refunds":1,"refunded":10,"models":[\
                {"model":null,"calls":1,"consumed":5,"refunds":0,"refunded":0},\
                {"model":"gpt-a","calls":1,"consumed":30,"refunds":1,"refunded":10}]},\
                {"startsAt":"2026-11-23T16:00:00Z","endsAt":"2026-11-24T16:00:00Z",\
                "calls":0,"consumed":0,"refunds":0,"refunded":0,"models":[]}]}\
                """;
        String parameters = "/usage?timeZone=Asia/Shanghai&groupBy=model&" + DAY;
        assertThat(service.get("/v1/tokens/" + token + parameters, seen).body())
                .isEqualTo(expected);
        assertThat(service.get("/v1/accounts/" + account + parameters, seen).body())
                .isEqualTo(expected);

        JsonNode hours = json(service.get("/v1/tokens/" + token + "/usage?bucket=hour&" + DAY));
        assertThat(hours.required("items")).hasSize(24);
        assertThat(hours.required("items").required(8).required("consumed").asLong()).isEqualTo(35);
        assertThat(hours.required("items").required(8).required("models").isNull()).isTrue();
    }

    /** A statement tells what moved the balance, line by line, and ends with it. */
    @Test
    void tellsAStatement() {
        AccountId account = LEDGER.newAccountId();
        happens(account, new AccountOpened("Acme"));
        RecordedEvent credit = happens(account, new BalanceCredited(1000, "invoice-1"));
        RecordedEvent adjusted = happens(account, new BalanceAdjusted(-100, "goodwill"));
        TokenId token = token(account, "t", 30);
        happens(token, new QuotaConsumed("u2", 5, null, 35, false));
        Position seen =
                happens(token, new QuotaRefunded("u2", 5, null, "error", true, 30)).position();
        awaitSeen(adjusted.position());
        String statement = "/v1/accounts/" + account + "/statement?" + DAY;

        assertThat(service.get(statement, seen).body())
                .isEqualTo(
                        """
                        {"accountId":"%s","from":"2026-11-23T00:00:00Z","to":"2026-11-24T00:00:00Z","timeZone":"UTC",\
                        "openingBalance":0,"credited":1000,"adjusted":-100,"consumed":35,"refunded":5,\
                        "closingBalance":870,"items":[\
                        {"at":"%s","kind":"credit","amount":1000,"balance":1000,"reference":"invoice-1","reason":null},\
                        {"at":"%s","kind":"adjustment","amount":-100,"balance":900,"reference":null,"reason":"goodwill"},\
                        {"at":"2026-11-24T00:00:00Z","kind":"consumption","amount":-35,"balance":865,\
                        "reference":null,"reason":null},\
                        {"at":"2026-11-24T00:00:00Z","kind":"refund","amount":5,"balance":870,"reference":null,"reason":null}\
                        ],"nextCursor":null}\
                        """
                                .formatted(account, credit.recordedAt(), adjusted.recordedAt()));
        JsonNode first = json(service.get(statement + "&limit=3"));
        JsonNode second =
                json(
                        service.get(
                                statement
                                        + "&limit=3&cursor="
                                        + first.required("nextCursor").asString()));
        assertThat(second.required("items")).hasSize(1);
        assertThat(second.required("items").required(0).required("balance").asLong())
                .isEqualTo(
                        json(service.get("/v1/accounts/" + account)).required("balance").asLong());
        String later = "?from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z";
        JsonNode dayAfter = json(service.get("/v1/accounts/" + account + "/statement" + later));
        assertThat(dayAfter.required("items")).isEmpty();
        assertThat(dayAfter.required("openingBalance").asLong()).isEqualTo(870);
    }

    /** Accounts are listed with their balances. */
    @Test
    void listsAccounts() {
        AccountId second = LEDGER.newAccountId();
        AccountId first = LEDGER.newAccountId();
        happens(second, new AccountOpened("Übung 2"));
        awaitSeen(happens(first, new AccountOpened("übung 1")).position());
        awaitSeen(happens(second, new BalanceCredited(7, "r")).position());

        JsonNode page = json(service.get("/v1/accounts?search=%C3%9CBUNG&sort=name&limit=1"));
        assertThat(page.required("items").required(0).required("accountId").asString())
                .isEqualTo(first.toString());
        assertThat(page.required("total").asInt()).isEqualTo(2);
        JsonNode next =
                json(
                        service.get(
                                "/v1/accounts?search=%C3%9CBUNG&sort=name&limit=1&cursor="
                                        + page.required("nextCursor").asString()));
        assertThat(next.required("items").required(0).required("balance").asLong()).isEqualTo(7);
        assertThat(next.required("nextCursor").isNull()).isTrue();
        assertThat(json(service.get("/v1/accounts?search=" + second)).required("items")).hasSize(1);
        assertThat(
                        json(service.get("/v1/accounts?search=%C3%BCbung"))
                                .required("items")
                                .valueStream()
                                .map(item -> item.required("accountId").asString()))
                .as("newest first")
                .containsExactly(first.toString(), second.toString());
    }

    /** What a request gets wrong is named: the field and the rule. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /v1/tokens?sort=size,                     sort,      must be one of createdAt
                    /v1/tokens?order=down,                    order,     must be asc or desc
                    /v1/tokens?nearQuota=101,                 nearQuota, must be a whole number from 1 to 100
                    /v1/tokens?expiringBefore=soon,           expiringBefore, must be a time such as
                    /v1/tokens?search=sk-0123456789abcdef,    search,    must not be a secret
                    /v1/accounts?status=active,               status,    is not a parameter
                    /v1/accounts?sort=balance,                sort,      must be one of openedAt
                    /v1/accounts?cursor=AAAA,                 cursor,    must be the nextCursor
                    /v1/accounts/ACC/usage?bucket=week,       bucket,    must be hour or day
                    /v1/accounts/ACC/usage?timeZone=Mars,     timeZone,  must be a name of the IANA
                    /v1/accounts/ACC/usage?from=2000-01-01T00:00:00Z, to, must be at most 1000 days after from
                    /v1/accounts/ACC/statement?from=2026-11-01T00:01:00Z, from, must be at a quarter of an hour
                    /v1/accounts/ACC/statement?cursor=AAAA,   cursor,    must be the nextCursor
                    /v1/accounts/x/statement,                 accountId, must be 'acc_'
                    /v1/tokens/x/usage,                       tokenId,   must be 'tok_'
                    """)
    void refusesABadRequestByName(String path, String field, String rule) {
        assertInvalid(
                service.get(path.replace("ACC", LEDGER.newAccountId().toString())), field, rule);
    }

    /** What nobody has is not found, and not empty. */
    @Test
    void whatNobodyHasIsNotFound() {
        String account = "/v1/accounts/" + LEDGER.newAccountId();
        for (String path : List.of(account + "/usage", account + "/statement")) {
            assertThat(json(service.get(path)).required("code").asString())
                    .isEqualTo("ACCOUNT_NOT_FOUND");
        }
        assertThat(
                        json(service.get("/v1/tokens/" + LEDGER.newTokenId() + "/usage"))
                                .required("code")
                                .asString())
                .isEqualTo("TOKEN_NOT_FOUND");
    }

    /** A token with a limit of a hundred units that has used some of them, as the view shows it. */
    private static TokenId token(AccountId account, String name, long used) {
        TokenId token = LEDGER.newTokenId();
        happens(
                token,
                tokenCreated(account, name, "default", new Restrictions(100L, null, null, null)));
        awaitSeen(happens(token, new QuotaConsumed("u1", used, null, used, false)).position());
        return token;
    }

    private static void awaitSeen(Position position) {
        assertThat(service.get("/v1/groups", position).statusCode()).isEqualTo(200);
    }

    private static RecordedEvent happens(StreamId stream, LedgerEvent event) {
        RecordedEvent recorded = LEDGER.record(stream, event);
        topic.commit(recorded);
        return recorded;
    }

    private static List<String> ids(JsonNode page) {
        return page.required("items")
                .valueStream()
                .map(item -> item.required("tokenId").asString())
                .toList();
    }

    private static void assertInvalid(HttpResponse<String> answer, String field, String rule) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        JsonNode error = json(answer).required("errors").required(0);
        assertThat(error.required("field").asString()).isEqualTo(field);
        assertThat(error.required("rule").asString()).startsWith(rule);
    }
}
