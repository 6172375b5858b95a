package com.tokaify.ledger.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.RunningCommandService.Answer;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.CatalogEvent.CatalogClosed;
import com.tokaify.ledger.events.CatalogEvent.CatalogOpened;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.CatalogEvent.GroupRetired;
import com.tokaify.ledger.events.CatalogEvent.ModelListed;
import com.tokaify.ledger.events.CatalogEvent.ModelRetired;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.ExpirationChanged;
import com.tokaify.ledger.events.TokenEvent.IpAllowlistChanged;
import com.tokaify.ledger.events.TokenEvent.ModelAccessChanged;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenGroupChanged;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people do to tokens, accounts and the catalog, over HTTP on real PostgreSQL and Kafka. */
class TokenManagementIT {
    private static final String UNKNOWN_TOKEN = "tok_01k0000000e000000000000001";

    private static LedgerDatabase database;
    private static RunningCommandService service;
    private static String account;

    @BeforeAll
    static void start() throws Exception {
        LedgerInfrastructure.get().recreateTopics(LedgerInstance.PARTITIONS);
        database = LedgerInfrastructure.get().newLedgerDatabase();
        service = RunningCommandService.on(database);
        account = newAccount();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String newAccount() throws Exception {
        return service.post("/v1/accounts", "{\"name\":\"Acme\"}").text("accountId");
    }

    private static Answer create(String settings) throws Exception {
        return service.post(
                "/v1/tokens",
                "{\"accountId\":\"%s\",\"name\":\"ci\"%s}".formatted(account, settings));
    }

    /** The path of a new token. */
    private static String token(String settings) throws Exception {
        Answer created = create(",\"group\":\"default\"" + settings);
        assertThat(created.status()).as(created.json().toString()).isEqualTo(201);
        return "/v1/tokens/" + created.text("tokenId");
    }

    private static Answer consume(String token, String usageId, long amount) throws Exception {
        return service.post(
                token + "/consumptions",
                "{\"usageId\":\"%s\",\"amount\":%d}".formatted(usageId, amount));
    }

    private static Answer refund(String token, String usageId, long amount) throws Exception {
        return service.post(
                token + "/refunds",
                "{\"usageId\":\"%s\",\"amount\":%d,\"reason\":\"mistake\"}"
                        .formatted(usageId, amount));
    }

    /** Of the stream a path ends with. */
    private static List<LedgerEvent> events(String path) throws Exception {
        List<LedgerEvent> events = new ArrayList<>();
        for (StoredEvent stored : LedgerInstance.stored(database)) {
            if (path.endsWith(stored.stream().toString())) {
                events.add(EventCodec.decode(stored).event());
            }
        }
        return events;
    }

    private static List<LedgerEvent> eventsAfter(String path, int known) throws Exception {
        List<LedgerEvent> events = events(path);
        return events.subList(known, events.size());
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.text("code")).as(answer.json().toString()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    private static void assertDone(Answer answer) {
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        assertThat(answer.header(Position.HEADER)).isPresent();
        assertThat(answer.header("ETag")).isPresent();
    }

    /** A creation may hold everything that can be set, and each limit holds from then on. */
    @Test
    void aTokenIsCreatedWithPeriodsAndLimitsOfModels() throws Exception {
        String token =
                token(
                        """
                        ,"quotaLimit":100,
                         "quotaPeriod":{"every":"day","timeZone":"Asia/Shanghai"},
                         "modelQuotas":[{"model":"gpt-4o","quotaLimit":40},
                                        {"model":"deepseek-ai/DeepSeek-V3.1","quotaLimit":7}]
                        """);
        List<LedgerEvent> events = events(token);
        assertThat(events).hasSize(4);
        assertThat(events.get(0)).isInstanceOf(TokenCreated.class);
        assertThat(events.get(1))
                .isEqualTo(
                        new QuotaPeriodChanged(
                                new QuotaPeriod(QuotaPeriod.Every.DAY, "Asia/Shanghai")));
        assertThat(events.get(2))
                .isInstanceOfSatisfying(
                        QuotaPeriodStarted.class,
                        started -> assertThat(started.totalBefore()).isZero());
        assertThat(events.get(3))
                .isEqualTo(
                        new ModelQuotasChanged(
                                List.of(
                                        new ModelQuota("gpt-4o", 40),
                                        new ModelQuota("deepseek-ai/DeepSeek-V3.1", 7))));
        Answer refused =
                service.post(
                        token + "/consumptions",
                        "{\"usageId\":\"u1\",\"amount\":8,\"model\":\"deepseek-ai/DeepSeek-V3.1\"}");
        assertRefused(refused, 409, "QUOTA_EXHAUSTED");
        assertThat(refused.text("detail"))
                .isEqualTo(
                        "The token has 7 units left for the model deepseek-ai/DeepSeek-V3.1,"
                                + " 8 are needed.");
        assertThat(consume(token, "u1", 100).json().get("remaining").asLong()).isZero();
    }

    /** A patch is one event for each setting that is another one then, and answers all of them. */
    @Test
    void aPatchChangesWhatItNames() throws Exception {
        String token = token(",\"quotaLimit\":100,\"models\":[\"gpt-4o\"]");
        service.put("/v1/groups/patched", "{\"displayName\":\"Patched\"}");
        Answer changed =
                service.patch(
                        token,
                        """
                        {"name":"other","group":"patched","quotaLimit":null,"models":["a/b","c"],
                         "ipAllowlist":["10.1.2.3/8"],"expiresAt":"2099-01-01T00:00:00Z",
                         "quotaPeriod":{"every":"month","timeZone":"UTC"},
                         "modelQuotas":[{"model":"c","quotaLimit":5}],
                         "rateLimits":{"requestsPerMinute":60}}
                        """);
        assertDone(changed);
        assertThat(changed.json().toString())
                .isEqualTo(
                        """
                        {"tokenId":"%s","name":"other","group":"patched","quotaLimit":null,\
                        "models":["a/b","c"],"ipAllowlist":["10.0.0.0/8"],\
                        "expiresAt":"2099-01-01T00:00:00Z",\
                        "quotaPeriod":{"every":"month","timeZone":"UTC"},\
                        "modelQuotas":[{"model":"c","quotaLimit":5}],\
                        "rateLimits":{"requestsPerMinute":60,"unitsPerMinute":null}}\
                        """
                                .formatted(token.substring("/v1/tokens/".length())));
        assertThat(eventsAfter(token, 1).stream().<Object>map(LedgerEvent::getClass))
                .containsExactly(
                        TokenRenamed.class,
                        TokenGroupChanged.class,
                        ModelAccessChanged.class,
                        IpAllowlistChanged.class,
                        ExpirationChanged.class,
                        RateLimitsChanged.class,
                        QuotaPeriodChanged.class,
                        QuotaPeriodStarted.class,
                        QuotaLimitChanged.class,
                        ModelQuotasChanged.class);
        Answer nothing = service.patch(token, "{}");
        assertDone(nothing);
        assertThat(nothing.json()).isEqualTo(changed.json());
        assertThat(nothing.header("ETag")).isEqualTo(changed.header("ETag"));
        assertThat(service.patch(token, "{\"name\":\"other\",\"quotaLimit\":null}").json())
                .isEqualTo(changed.json());
        // The fields of an object are merged, too.
        assertThat(service.patch(token, "{\"rateLimits\":{\"requestsPerMinute\":60}}").json())
                .isEqualTo(changed.json());
        Answer taken =
                service.patch(
                        token,
                        """
                        {"models":null,"ipAllowlist":null,"expiresAt":null,"quotaPeriod":null,
                         "modelQuotas":null,"rateLimits":null}
                        """);
        assertDone(taken);
        assertThat(eventsAfter(token, 11)).hasSize(6);
        assertThat(taken.json().get("models").isNull()).isTrue();
        assertThat(taken.json().get("quotaPeriod").isNull()).isTrue();
    }

    /** A merge patch may say that it is one; another kind of patch is not mistaken for it. */
    @Test
    void aPatchIsAMergePatch() throws Exception {
        String token = token("");
        assertDone(service.send(patch(token, "application/merge-patch+json", "{\"name\":\"a\"}")));
        assertThat(eventsAfter(token, 1)).containsExactly(new TokenRenamed("a"));
        assertRefused(
                service.send(patch(token, "application/json-patch+json", "{\"name\":\"b\"}")),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        assertThat(events(token)).hasSize(2);
    }

    private static HttpRequest.Builder patch(String path, String type, String body) {
        return service.request(path)
                .header("Content-Type", type)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body));
    }

    /** Who has not seen the last change is told to look again; usage is no change. */
    @Test
    void aChangeOfWhatWasChangedMeanwhileIsRefused() throws Exception {
        String token = token("");
        Answer renamed = service.patch(token, "{\"name\":\"a\"}");
        consume(token, "u1", 1);
        assertRefused(ifMatch(token, "\"0\"", "{\"name\":\"b\"}"), 412, "CHANGED_MEANWHILE");
        assertDone(ifMatch(token, renamed.header("ETag").orElseThrow(), "{\"name\":\"c\"}"));
        assertThat(eventsAfter(token, 3)).containsExactly(new TokenRenamed("c"));
    }

    private static Answer ifMatch(String path, String tag, String body) throws Exception {
        return service.send(patch(path, "application/json", body).header("If-Match", tag));
    }

    /** The same request under the same key is one change, and answered as it was. */
    @Test
    void aRepeatedPatchIsOneChange() throws Exception {
        String token = token("");
        Answer first = keyed(token, "key-1", "{\"name\":\"a\"}");
        assertDone(first);
        service.patch(token, "{\"name\":\"b\"}");
        Answer again = keyed(token, "key-1", "{\"name\":\"a\"}");
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertRefused(keyed(token, "key-1", "{\"name\":\"c\"}"), 422, "IDEMPOTENCY_KEY_REUSED");
        assertThat(eventsAfter(token, 1))
                .containsExactly(new TokenRenamed("a"), new TokenRenamed("b"));
    }

    private static Answer keyed(String path, String key, String body) throws Exception {
        return service.send(patch(path, "application/json", body).header("Idempotency-Key", key));
    }

    /** A limit at what is consumed exhausts the token, and enabling it tells so. */
    @Test
    void aLimitIsLoweredAndRaised() throws Exception {
        String token = token(",\"quotaLimit\":100");
        consume(token, "u1", 60);
        assertDone(service.patch(token, "{\"quotaLimit\":50}"));
        assertThat(eventsAfter(token, 2))
                .containsExactly(new QuotaLimitChanged(50L), new QuotaExhausted(60, 50));
        assertRefused(consume(token, "u2", 1), 409, "QUOTA_EXHAUSTED");
        Answer enabled = service.post(token + "/enable", "");
        assertDone(enabled);
        assertThat(enabled.json().get("enabled").asBoolean()).isTrue();
        assertThat(enabled.text("stillRefused")).isEqualTo("QUOTA_EXHAUSTED");
        assertDone(service.patch(token, "{\"quotaLimit\":61}"));
        assertThat(service.post(token + "/enable", "").json().get("stillRefused").isNull())
                .isTrue();
        assertThat(consume(token, "u2", 1).status()).isEqualTo(201);
    }

    /** Usage comes back once, wholly or in part, also of a token that is gone. */
    @Test
    void usageIsRefundedOnce() throws Exception {
        String token = token(",\"quotaLimit\":100");
        consume(token, "u1", 60);
        consume(token, "u2", 40);
        Answer refunded = refund(token, "u1", 20);
        assertThat(refunded.status()).as(refunded.json().toString()).isEqualTo(201);
        assertThat(refunded.json().toString())
                .isEqualTo(
                        "{\"tokenId\":\"%s\",\"usageId\":\"u1\",\"amount\":20,\"total\":80,\"remaining\":20}"
                                .formatted(token.substring("/v1/tokens/".length())));
        Answer again = refund(token, "u1", 20);
        assertThat(again.json()).isEqualTo(refunded.json());
        assertThat(again.header(Position.HEADER)).isEqualTo(refunded.header(Position.HEADER));
        assertRefused(refund(token, "u1", 21), 409, "REFUND_CONFLICT");
        assertRefused(refund(token, "u2", 41), 409, "REFUND_EXCEEDS_USAGE");
        assertRefused(refund(token, "u3", 1), 404, "USAGE_NOT_FOUND");
        assertDone(service.delete(token));
        assertThat(refund(token, "u2", 40).json().get("total").asLong()).isEqualTo(40);
        assertThat(eventsAfter(token, 3))
                .containsExactly(
                        new QuotaExhausted(100, 100),
                        new QuotaRefunded("u1", 20, null, "mistake", true, 80),
                        new TokenDeleted(),
                        new QuotaRefunded("u2", 40, null, "mistake", true, 40));
    }

    /** Deletion is final, and may be asked for again. */
    @Test
    void aTokenIsDeletedForEver() throws Exception {
        String token = token("");
        Answer deleted = service.delete(token);
        assertDone(deleted);
        assertThat(deleted.json().get("deleted").asBoolean()).isTrue();
        Answer again = service.delete(token);
        assertThat(again.json()).isEqualTo(deleted.json());
        assertThat(again.header("ETag")).isEqualTo(deleted.header("ETag"));
        assertRefused(service.patch(token, "{\"name\":\"a\"}"), 410, "TOKEN_DELETED");
        assertRefused(service.patch(token, "{\"group\":\"none\"}"), 410, "TOKEN_DELETED");
        assertRefused(service.post(token + "/enable", ""), 410, "TOKEN_DELETED");
        assertRefused(service.post(token + "/disable", ""), 410, "TOKEN_DELETED");
        assertRefused(consume(token, "u1", 1), 410, "TOKEN_DELETED");
        assertThat(eventsAfter(token, 1)).containsExactly(new TokenDeleted());
    }

    /** In a bulk each token is done or refused by itself, in the order they were named. */
    @Test
    void aBulkIsDoneTokenByToken() throws Exception {
        String one = token("");
        String two = token(",\"quotaLimit\":0");
        String gone = token("");
        service.delete(gone);
        String ids =
                "\"ids\":[\"%s\",\"%s\",\"%s\",\"%s\"]"
                        .formatted(id(one), UNKNOWN_TOKEN, id(gone), id(two));
        Answer disabled =
                service.post(
                        "/v1/tokens/bulk",
                        "{\"action\":\"disable\",\"reason\":\"leaked\"," + ids + "}");
        assertThat(disabled.status()).isEqualTo(200);
        assertThat(each(disabled, "tokenId"))
                .containsExactly(id(one), UNKNOWN_TOKEN, id(gone), id(two));
        assertThat(each(disabled, "done")).containsExactly("true", "false", "false", "true");
        assertThat(each(disabled, "code"))
                .containsExactly("-", "TOKEN_NOT_FOUND", "TOKEN_DELETED", "-");
        assertThat(eventsAfter(one, 1)).containsExactly(new TokenDisabled("leaked"));
        Answer enabled = service.post("/v1/tokens/bulk", "{\"action\":\"enable\"," + ids + "}");
        assertThat(each(enabled, "stillRefused")).containsExactly("-", "-", "-", "QUOTA_EXHAUSTED");
        Answer deleted = service.post("/v1/tokens/bulk", "{\"action\":\"delete\"," + ids + "}");
        assertThat(each(deleted, "done")).containsExactly("true", "false", "true", "true");
        assertThat(events(two)).endsWith(new TokenDeleted());
    }

    private static String id(String path) {
        return path.substring("/v1/tokens/".length());
    }

    private static List<String> each(Answer answer, String field) {
        List<String> texts = new ArrayList<>();
        answer.json().get("items").forEach(item -> texts.add(item.path(field).asString("-")));
        return texts;
    }

    /** A suspended account gets no token, and is corrected all the same. */
    @Test
    void anAccountIsSuspendedAndResumed() throws Exception {
        String other = newAccount();
        String path = "/v1/accounts/" + other;
        Answer adjusted =
                service.post(path + "/adjustments", "{\"amount\":-5,\"reason\":\"rounding\"}");
        assertThat(adjusted.status()).isEqualTo(201);
        assertThat(adjusted.json().toString())
                .isEqualTo(
                        "{\"accountId\":\"%s\",\"amount\":-5,\"reason\":\"rounding\"}"
                                .formatted(other));
        Answer suspended = service.post(path + "/suspend", "{\"reason\":\"unpaid\"}");
        assertDone(suspended);
        assertThat(suspended.json().get("suspended").asBoolean()).isTrue();
        assertThat(service.post(path + "/suspend", "").json()).isEqualTo(suspended.json());
        assertRefused(
                service.post(
                        "/v1/tokens",
                        "{\"accountId\":\"%s\",\"name\":\"ci\",\"group\":\"default\"}"
                                .formatted(other)),
                409,
                "ACCOUNT_SUSPENDED");
        service.post(path + "/adjustments", "{\"amount\":5,\"reason\":\"rounding\"}");
        assertThat(service.post(path + "/resume", "").json().get("suspended").asBoolean())
                .isFalse();
        assertDone(service.post(path + "/resume", ""));
        assertThat(events(path))
                .containsExactly(
                        new AccountOpened("Acme"),
                        new BalanceAdjusted(-5, "rounding"),
                        new AccountSuspended("unpaid"),
                        new BalanceAdjusted(5, "rounding"),
                        new AccountResumed());
    }

    /** A retired group admits nobody; who is in it stays, and may be edited. */
    @Test
    void aRetiredGroupAdmitsNobody() throws Exception {
        int before = events("catalog").size();
        Answer defined = service.put("/v1/groups/beta", "{\"displayName\":\"Beta\"}");
        assertDone(defined);
        assertThat(defined.json().toString())
                .isEqualTo("{\"name\":\"beta\",\"displayName\":\"Beta\"}");
        String inside = token("");
        assertDone(service.patch(inside, "{\"group\":\"beta\"}"));
        String outside = token("");

        assertDone(service.delete("/v1/groups/beta"));
        assertDone(service.delete("/v1/groups/beta"));

        assertRefused(create(",\"group\":\"beta\""), 404, "GROUP_NOT_FOUND");
        assertRefused(service.patch(outside, "{\"group\":\"beta\"}"), 404, "GROUP_NOT_FOUND");
        assertDone(service.patch(inside, "{\"group\":\"beta\",\"name\":\"a\"}"));
        service.put("/v1/groups/beta", "{\"displayName\":\"Beta\"}");
        assertDone(service.patch(outside, "{\"group\":\"beta\"}"));
        assertThat(eventsAfter("catalog", before))
                .filteredOn(event -> event instanceof GroupDefined || event instanceof GroupRetired)
                .contains(new GroupDefined("beta", "Beta"), new GroupRetired("beta"));
    }

    /** A closed catalog admits what it lists; what a token has already it keeps. */
    @Test
    void aClosedCatalogAdmitsWhatItLists() throws Exception {
        int before = events("catalog").size();
        String has = token(",\"models\":[\"unlisted\"]");
        Answer listed = service.put("/v1/models/deepseek-ai/DeepSeek-V3.1", "");
        assertDone(listed);
        assertThat(listed.json().toString())
                .isEqualTo("{\"model\":\"deepseek-ai/DeepSeek-V3.1\",\"listed\":true}");
        assertThat(service.put("/v1/models/deepseek-ai%2FDeepSeek-V3.1", "").json())
                .isEqualTo(listed.json());
        assertDone(service.put("/v1/models/old%3Aone", ""));
        Answer retired = service.delete("/v1/models/old:one");
        assertThat(retired.json().toString()).isEqualTo("{\"model\":\"old:one\",\"listed\":false}");
        assertThat(service.put("/v1/catalog", "{\"closed\":true}").json().toString())
                .isEqualTo("{\"closed\":true}");
        try {
            String one = ",\"models\":[\"deepseek-ai/DeepSeek-V3.1\"]";
            assertThat(create(",\"group\":\"default\"" + one).status()).isEqualTo(201);
            for (String settings :
                    List.of(
                            ",\"models\":[\"deepseek-ai/DeepSeek-V3.1\",\"old:one\"]",
                            ",\"modelQuotas\":[{\"model\":\"old:one\",\"quotaLimit\":1}]")) {
                Answer refused = create(",\"group\":\"default\"" + settings);
                assertRefused(refused, 404, "MODEL_NOT_LISTED");
                assertThat(refused.text("detail"))
                        .isEqualTo("There is no model old:one in the catalog.");
            }
            assertThat(create(",\"group\":\"default\"").status()).isEqualTo(201);
            assertDone(
                    service.patch(
                            has,
                            """
                            {"models":["deepseek-ai/DeepSeek-V3.1","unlisted"],
                             "modelQuotas":[{"model":"unlisted","quotaLimit":1}]}
                            """));
            assertRefused(
                    service.patch(has, "{\"models\":[\"unlisted\",\"old:one\"]}"),
                    404,
                    "MODEL_NOT_LISTED");
            assertDone(service.patch(has, "{\"models\":null}"));
        } finally {
            service.put("/v1/catalog", "{\"closed\":false}");
        }
        assertThat(create(",\"group\":\"default\",\"models\":[\"old:one\"]").status())
                .isEqualTo(201);
        assertThat(eventsAfter("catalog", before))
                .filteredOn(
                        event -> !(event instanceof GroupDefined || event instanceof GroupRetired))
                .containsExactly(
                        new ModelListed("deepseek-ai/DeepSeek-V3.1"),
                        new ModelListed("old:one"),
                        new ModelRetired("old:one"),
                        new CatalogClosed(),
                        new CatalogOpened());
    }

    /** Usage is told its token's lifetime total, whatever counts. */
    @Test
    void usageTellsTheTotal() throws Exception {
        String token = token(",\"quotaPeriod\":{\"every\":\"week\",\"timeZone\":\"UTC\"}");
        consume(token, "u1", 5);
        assertThat(consume(token, "u2", 7).json().get("total").asLong()).isEqualTo(12);
        assertThat(events(token))
                .endsWith(
                        new QuotaConsumed("u1", 5, null, 5, false),
                        new QuotaConsumed("u2", 7, null, 12, false));
    }
}
