package com.tokaify.ledger.standalone;

import static com.tokaify.ledger.standalone.LedgerPort.COMMAND;
import static com.tokaify.ledger.standalone.LedgerPort.ENFORCEMENT;
import static com.tokaify.ledger.standalone.LedgerPort.QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.standalone.LedgerClient.Answer;
import com.tokaify.ledger.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a newcomer does first, played against the real processes: from a command to an enforced
 * decision.
 */
@ExtendWith(SharedLedger.class)
class LedgerStoryIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String FROM_OFFICE = ",\"model\":\"gpt-4o\",\"ip\":\"203.0.113.7\"";

    private final RunningLedger ledger;
    private final LedgerClient client;

    LedgerStoryIT(RunningLedger ledger) {
        this.ledger = ledger;
        this.client = ledger.client();
    }

    private Answer awaitCode(String code, String secret, String more) {
        return Await.until(
                SOON,
                "verify says " + code,
                () -> client.verify(secret, more),
                answer -> answer.text("code").equals(code));
    }

    /** What the view says, however long it takes to come so far; by itself it waits two seconds. */
    private Answer read(String path, String position) {
        return Await.until(
                SOON,
                "the view has " + position,
                () -> client.get(QUERY, path, position),
                answer -> answer.status() == 200);
    }

    /** Create, list, check, restrict: every answer is right, and right soon after the command. */
    @Test
    void aTokenIsCreatedListedCheckedAndDisabled() throws Exception {
        String account = client.accountWith(1_000_000);
        Answer created =
                client.createToken(
                        account,
                        ",\"quotaLimit\":1000,\"models\":[\"gpt-4o\"],\"ipAllowlist\":[\"203.0.113.0/24\"],"
                                + "\"expiresAt\":\"2099-01-01T00:00:00Z\"");
        String secret = created.text("secret");
        String token = created.text("tokenId");
        assertThat(secret).matches("sk-tkf[0-9A-Za-z]{45}");
        assertThat(created.text("mask"))
                .isEqualTo(secret.substring(0, 7) + "**********" + secret.substring(47));
        assertThat(created.text("connectionString"))
                .isEqualTo(
                        "{\"_type\":\"newapi_channel_conn\",\"key\":\""
                                + secret
                                + "\",\"url\":\"https://api.tokaify.com\"}");

        Answer listed = read("/v1/tokens?accountId=" + account, created.position());
        assertThat(listed.json().get("items")).hasSize(1);
        assertThat(listed.json().at("/items/0/mask").asString()).isEqualTo(created.text("mask"));
        assertThat(listed.response().body())
                .doesNotContain(secret)
                .doesNotContain(secret.substring(3));

        Answer allowed = awaitCode("OK", secret, FROM_OFFICE);
        assertThat(allowed.json().get("valid").asBoolean()).isTrue();
        assertThat(allowed.number("remaining")).isEqualTo(1000);
        assertThat(client.verify(secret, ",\"model\":\"o1\",\"ip\":\"203.0.113.7\"").text("code"))
                .isEqualTo("MODEL_NOT_ALLOWED");
        assertThat(
                        client.verify(secret, ",\"model\":\"gpt-4o\",\"ip\":\"198.51.100.1\"")
                                .text("code"))
                .isEqualTo("IP_NOT_ALLOWED");
        assertThat(client.verify("sk-nobody-has-made-this", FROM_OFFICE).text("code"))
                .isEqualTo("TOKEN_NOT_FOUND");
        String mistyped = secret.substring(0, 50) + (secret.endsWith("A") ? "B" : "A");
        assertThat(client.verify(mistyped, FROM_OFFICE).text("code")).isEqualTo("TOKEN_NOT_FOUND");

        client.post(COMMAND, "/v1/tokens/" + token + "/disable", "{\"reason\":\"leaked\"}");
        assertThat(awaitCode("TOKEN_DISABLED", secret, FROM_OFFICE).json().get("valid").asBoolean())
                .isFalse();
        client.post(COMMAND, "/v1/tokens/" + token + "/enable", "");
        awaitCode("OK", secret, FROM_OFFICE);
    }

    /** Expiry needs no event: the instant itself ends the token, and not a moment before. */
    @Test
    void aTokenIsRefusedFromItsExpiryOn() throws Exception {
        String account = client.accountWith(100);
        Instant expiry = Instant.now().plusSeconds(8);
        String secret =
                client.createToken(account, ",\"expiresAt\":\"" + expiry + "\"").text("secret");
        Answer refused = awaitCode("TOKEN_EXPIRED", secret, "");
        assertThat(refused.json().get("valid").asBoolean()).isFalse();
        assertThat(Instant.now()).isAfterOrEqualTo(expiry);
    }

    /** Usage by both roads ends in the ledger once, and the cap is enforced. */
    @Test
    void usageIsBookedOnceByEitherRoadAndTheCapHolds() throws Exception {
        String account = client.accountWith(1_000);
        Answer created = client.createToken(account, ",\"quotaLimit\":100");
        String token = created.text("tokenId");
        String secret = created.text("secret");
        awaitCode("OK", secret, "");

        String usage =
                "{\"secret\":\""
                        + secret
                        + "\",\"usageId\":\"call-1\",\"amount\":30,\"model\":\"gpt-4o\"}";
        assertThat(client.post(ENFORCEMENT, "/v1/usage", usage).status()).isEqualTo(202);
        assertThat(client.post(ENFORCEMENT, "/v1/usage", usage).status()).isEqualTo(202);
        Await.until(
                SOON,
                "the usage is seen",
                () -> client.verify(secret, ""),
                answer -> answer.number("remaining") == 70);
        // Who has reported it counts it at once; who has to refuse more, once it is booked.
        Await.until(
                SOON,
                "the usage is booked",
                ledger::topic,
                read -> read.bookings(token).containsKey("call-1"));

        String consumptions = "/v1/tokens/" + token + "/consumptions";
        Answer tooMuch =
                client.post(COMMAND, consumptions, "{\"usageId\":\"call-2\",\"amount\":71}");
        assertThat(tooMuch.status()).isEqualTo(409);
        assertThat(tooMuch.text("code")).isEqualTo("QUOTA_EXHAUSTED");
        Answer rest = client.post(COMMAND, consumptions, "{\"usageId\":\"call-3\",\"amount\":70}");
        assertThat(rest.status()).isEqualTo(201);
        assertThat(rest.number("total")).isEqualTo(100);
        assertThat(rest.number("remaining")).isZero();
        awaitCode("QUOTA_EXHAUSTED", secret, "");

        Answer balance = read("/v1/accounts/" + account, rest.position());
        assertThat(balance.number("balance")).isEqualTo(900);
        EventTopic topic = ledger.topic();
        topic.mustBeComplete();
        assertThat(topic.of(token))
                .extracting(EventTopic.Event::type)
                .containsExactly(
                        "token-created.v1",
                        "quota-consumed.v1",
                        "quota-consumed.v1",
                        "quota-exhausted.v1");
        assertThat(topic.events().toString()).doesNotContain(secret.substring(3));
    }

    /** Everything is still there after Ctrl-C and another start. */
    @Test
    void theNextStartContinuesWithAllData() throws Exception {
        Answer created = client.createToken(client.accountWith(500), ",\"quotaLimit\":100");
        String token = created.text("tokenId");
        Answer consumed =
                client.post(
                        COMMAND,
                        "/v1/tokens/" + token + "/consumptions",
                        "{\"usageId\":\"u\",\"amount\":40}");

        ledger.restart();

        Await.until(
                SOON,
                "what was consumed is known",
                () -> client.verify(created.text("secret"), ""),
                answer -> answer.number("remaining") == 60);
        assertThat(read("/v1/tokens/" + token, consumed.position()).number("consumed"))
                .isEqualTo(40);
        Answer again =
                client.post(
                        COMMAND,
                        "/v1/tokens/" + token + "/consumptions",
                        "{\"usageId\":\"u\",\"amount\":40}");
        assertThat(again.json()).isEqualTo(consumed.json());
        ledger.topic().mustBeComplete();
    }
}
