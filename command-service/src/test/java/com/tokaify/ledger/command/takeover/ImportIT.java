package com.tokaify.ledger.command.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.RunningCommandService;
import com.tokaify.ledger.command.RunningCommandService.Answer;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenImported;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of other systems become tokens of the ledger, and applications keep their keys. */
class ImportIT {
    private static LedgerDatabase database;
    private static RunningCommandService service;
    private static String account;

    @BeforeAll
    static void start() throws Exception {
        LedgerInfrastructure.get().recreateTopics(LedgerInstance.PARTITIONS);
        database = LedgerInfrastructure.get().newLedgerDatabase();
        service =
                RunningCommandService.on(
                        database, Map.of("ledger.vault.reveals-per-minute", 1_000));
        account = service.post("/v1/accounts", "{\"name\":\"Acme\"}").text("accountId");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Another key for each text. */
    private static String key(String seed) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(seed.getBytes(StandardCharsets.UTF_8)))
                .substring(0, 48);
    }

    private static Answer importing(String contentType, String more, String body) throws Exception {
        return service.send(
                service.request("/v1/tokens/import?accountId=" + account + more)
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static Answer importing(String body) throws Exception {
        Answer answer = importing("application/json", "", body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer;
    }

    private static List<LedgerEvent> eventsOf(String stream) throws Exception {
        return LedgerInstance.stored(database).stream()
                .filter(event -> event.stream().toString().equals(stream))
                .map(event -> EventCodec.decode(event).event())
                .toList();
    }

    private static String reveal(String token) throws Exception {
        return service.post("/v1/tokens/" + token + "/reveal", "{\"as\":\"secret\"}")
                .response()
                .body();
    }

    /** Everything a token of new-api had is taken over, its key is found and shown as before. */
    @Test
    void aTokenOfNewApiIsTakenOver(@TempDir Path folder) throws Exception {
        String key = key("new-api");
        Answer answer =
                importing(
                        """
                        {"success":true,"data":{"items":[
                          {"id":7,"user_id":1,"key":"%s","status":2,"name":"chat","created_time":1,
                           "expired_time":4070908800,"remain_quota":500,"unlimited_quota":false,
                           "used_quota":70,"model_limits_enabled":true,"model_limits":"gpt-4o,o3",
                           "allow_ips":"10.0.0.1\\n192.168.0.0/16","group":"default"}]}}
                        """
                                .formatted(key));

        assertThat(answer.json().get("imported").asInt()).isEqualTo(1);
        assertThat(answer.json().at("/items/0/row").asInt()).isEqualTo(1);
        assertThat(answer.json().at("/items/0/outcome").asString()).isEqualTo("imported");
        TokenSecret secret = TokenSecret.parseForeign(key).orElseThrow();
        assertThat(answer.json().at("/items/0/mask").asString()).isEqualTo(secret.mask());
        assertThat(answer.response().body()).doesNotContain(key);
        String token = answer.json().at("/items/0/tokenId").asString();
        List<LedgerEvent> events = eventsOf(token);
        TokenCreated created = (TokenCreated) events.getFirst();
        assertThat(created.name()).isEqualTo("chat");
        assertThat(created.group()).isEqualTo("default");
        assertThat(created.restrictions())
                .isEqualTo(
                        new Restrictions(
                                500L,
                                List.of("gpt-4o", "o3"),
                                List.of(IpRange.parse("10.0.0.1"), IpRange.parse("192.168.0.0/16")),
                                Instant.parse("2099-01-01T00:00:00Z")));
        Path pepper = Files.write(folder.resolve("pepper"), new byte[32]);
        assertThat(created.lookupHash()).isEqualTo(Pepper.read(pepper).hash(secret));
        assertThat(events)
                .endsWith(
                        new TokenImported("new-api", "7", 70),
                        new TokenDisabled("disabled in new-api"));
        assertThat(reveal(token)).contains("\"secret\":\"sk-" + key + "\"");
    }

    /** A table of one-api's database does as well. */
    @Test
    void aTableOfOneApiIsTakenOver() throws Exception {
        String one = key("csv 1");
        String other = key("csv 2");
        Answer answer =
                importing(
                        "text/csv",
                        "&group=default",
                        """
                        id,key,status,name,expired_time,remain_quota,unlimited_quota,used_quota,models,subnet
                        1,%s,1,first,-1,0,1,3,,
                        2,%s,4,second,-1,10,0,0,"gpt-4o,o3",10.0.0.0/8
                        """
                                .formatted(one, other));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().get("imported").asInt()).isEqualTo(2);
        List<LedgerEvent> first = eventsOf(answer.json().at("/items/0/tokenId").asString());
        assertThat(first).hasSize(2).endsWith(new TokenImported("one-api", "1", 3));
        assertThat(((TokenCreated) first.getFirst()).restrictions()).isEqualTo(Restrictions.NONE);
        assertThat(reveal(answer.json().at("/items/1/tokenId").asString())).contains(other);
    }

    /**
     * An import is repeated, or overlaps another: who is here already is named, and nothing is made
     * twice, not even within one request.
     */
    @Test
    void whoIsHereAlreadyIsFound() throws Exception {
        String row =
                "{\"key\":\"%s\",\"name\":\"again\",\"unlimited_quota\":true}"
                        .formatted(key("again"));
        Answer first = importing("[" + row + "," + row + "]");
        Answer again = importing("[" + row + "]");

        assertThat(first.json().get("imported").asInt()).isEqualTo(1);
        assertThat(first.json().get("alreadyImported").asInt()).isEqualTo(1);
        assertThat(again.json().at("/items/0/outcome").asString()).isEqualTo("already-imported");
        String token = first.json().at("/items/0/tokenId").asString();
        assertThat(first.json().at("/items/1/tokenId").asString()).isEqualTo(token);
        assertThat(again.json().at("/items/0/tokenId").asString()).isEqualTo(token);
        assertThat(eventsOf(token)).hasSize(2);
    }

    /** A key that is known by its hash only is found, but can be shown to nobody: on no record. */
    @Test
    void aHashIsTakenOverAndNeverShown() throws Exception {
        String key = key("hashed");
        String hash =
                HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256")
                                        .digest(key.getBytes(StandardCharsets.UTF_8)));
        Answer byHash =
                importing(
                        "[{\"key_sha256\":\"%s\",\"name\":\"h\",\"unlimited_quota\":true}]"
                                .formatted(hash));
        String token = byHash.json().at("/items/0/tokenId").asString();
        Answer byKey =
                importing(
                        "[{\"key\":\"%s\",\"name\":\"h\",\"unlimited_quota\":true}]"
                                .formatted(key));
        assertThat(byKey.json().at("/items/0/tokenId").asString()).isEqualTo(token);

        Answer refused = service.post("/v1/tokens/" + token + "/reveal", "{\"as\":\"secret\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("code")).isEqualTo("SECRET_NOT_RECOVERABLE");
        assertThat(eventsOf(token)).hasSize(2);

        Answer rotated = service.post("/v1/tokens/" + token + "/rotate", "{}");
        assertThat(rotated.status()).as(rotated.response().body()).isEqualTo(200);
        assertThat(reveal(token)).contains(rotated.text("secret"));
    }

    /** A bad row says what is wrong with it, by the export's own names; the good ones go on. */
    @Test
    void aBadRowIsRefusedByItself() throws Exception {
        Answer answer =
                importing(
                        """
                        [{"key":"%1$s","name":"good","unlimited_quota":true},
                         {"key":"short","name":"bad key","unlimited_quota":true},
                         {"key":"%2$s","name":"","unlimited_quota":true},
                         {"key":"%2$s","name":"bad quota","remain_quota":"many"},
                         {"key":"%2$s","name":"bad group","unlimited_quota":true,"group":"vip"},
                         {"key":"%2$s","name":"late","unlimited_quota":true,"expired_time":1}]
                        """
                                .formatted(key("good"), key("bad")));

        assertThat(answer.json().get("imported").asInt()).isEqualTo(1);
        assertThat(answer.json().get("refused").asInt()).isEqualTo(5);
        assertThat(answer.json().at("/items/1/code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(answer.json().at("/items/1/field").asString()).isEqualTo("key");
        assertThat(answer.json().at("/items/2/field").asString()).isEqualTo("name");
        assertThat(answer.json().at("/items/3/field").asString()).isEqualTo("remain_quota");
        assertThat(answer.json().at("/items/3/rule").asString())
                .isEqualTo("must be a whole number");
        assertThat(answer.json().at("/items/4/code").asString()).isEqualTo("GROUP_NOT_FOUND");
        assertThat(answer.json().at("/items/5/field").asString()).isEqualTo("expired_time");
        assertThat(answer.response().body()).doesNotContain(key("bad"));
    }

    /** What cannot be an import at all is refused as a whole. */
    @Test
    void whatIsNoImportIsRefused() throws Exception {
        String row = "[{\"key\":\"%s\",\"name\":\"x\"}]".formatted(key("whole"));
        assertThat(importing("application/json", "", "{}").status()).isEqualTo(400);
        assertThat(importing("application/json", "&group=a%20b", row).status()).isEqualTo(400);
        assertThat(importing("application/xml", "", row).status()).isEqualTo(415);
        assertThat(service.post("/v1/tokens/import", row).json().at("/errors/0/field").asString())
                .isEqualTo("accountId");
        assertThat(
                        service.post(
                                        "/v1/tokens/import?accountId=acc_01k0000000e000000000000001",
                                        row)
                                .text("code"))
                .isEqualTo("ACCOUNT_NOT_FOUND");
    }
}
