package com.tokaify.ledger.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.RunningCommandService.Answer;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The story of issue 2, as far as command-service tells it, over HTTP on real PostgreSQL and Kafka.
 */
class CommandServiceIT {
    private static RunningCommandService service;

    @BeforeAll
    static void start() {
        LedgerInfrastructure.get().recreateTopics(LedgerInstance.PARTITIONS);
        service = RunningCommandService.on(LedgerInfrastructure.get().newLedgerDatabase());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String newAccount() throws IOException, InterruptedException {
        Answer opened = service.post("/v1/accounts", "{\"name\":\"Acme\"}");
        assertThat(opened.status()).isEqualTo(201);
        return opened.json().get("accountId").asString();
    }

    @Test
    void aTokenIsCreatedConsumedAndExhausted() throws Exception {
        String account = newAccount();
        Answer credited =
                service.post(
                        "/v1/accounts/" + account + "/credits",
                        "{\"amount\":1000,\"reference\":\"inv-1\"}");
        assertThat(credited.status()).isEqualTo(201);
        Answer created =
                service.post(
                        "/v1/tokens",
                        "{\"accountId\":\""
                                + account
                                + "\",\"name\":\"ci\",\"group\":\"default\",\"quotaLimit\":100,\"models\":[\"gpt-4o\"],\"ipAllowlist\":[\"10.0.0.0/8\"]}");
        assertThat(created.status()).as(created.json().toString()).isEqualTo(201);
        String token = created.json().get("tokenId").asString();
        Answer first =
                service.post(
                        "/v1/tokens/" + token + "/consumptions",
                        "{\"usageId\":\"u1\",\"amount\":60,\"model\":\"gpt-4o\"}");
        assertThat(first.status()).as(first.json().toString()).isEqualTo(201);
        assertThat(first.json().get("remaining").asLong()).isEqualTo(40);
        assertThat(
                        service.post(
                                        "/v1/tokens/" + token + "/consumptions",
                                        "{\"usageId\":\"u1\",\"amount\":60,\"model\":\"gpt-4o\"}")
                                .json())
                .isEqualTo(first.json());
        assertThat(
                        service.post(
                                        "/v1/tokens/" + token + "/consumptions",
                                        "{\"usageId\":\"u1\",\"amount\":61,\"model\":\"gpt-4o\"}")
                                .status())
                .isEqualTo(409);
        Answer over =
                service.post(
                        "/v1/tokens/" + token + "/consumptions",
                        "{\"usageId\":\"u2\",\"amount\":41,\"model\":\"gpt-4o\"}");
        assertThat(over.json().get("code").asString()).isEqualTo("QUOTA_EXHAUSTED");
    }
}
