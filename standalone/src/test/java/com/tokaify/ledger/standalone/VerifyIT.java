package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.standalone.AuditorProgram.Told;
import com.tokaify.ledger.standalone.LedgerClient.Answer;
import com.tokaify.ledger.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an auditor does day by day, to a real ledger that works on meanwhile: two programs, one that
 * seals and one that verifies, that share no code but the contract.
 */
@ExtendWith(SharedLedger.class)
class VerifyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;

    /** Everything is looked at, and a ledger in the middle of its work gives no finding. */
    @Test
    void ledgerAtWorkIsVerifiedWithoutAFinding(RunningLedger ledger) throws Exception {
        LedgerClient client = ledger.client();
        String token = client.createToken(client.accountWith(1_000_000), "").text("tokenId");
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger consumed = new AtomicInteger();
        CompletableFuture<Void> traffic =
                CompletableFuture.runAsync(() -> {
                    while (!done.get()) {
                        consume(client, token, "verify-" + consumed.incrementAndGet());
                    }
                });
        Told told = AuditorProgram.on(ledger, "verify", "--json");
        done.set(true);
        traffic.join();

        assertThat(told.exitCode()).as(told.out() + told.err()).isZero();
        assertThat(told.json().path("unverified")).isEmpty();
        assertThat(told.json().path("events").asLong()).isPositive();
        assertThat(consumed).hasPositiveValue();
    }

    /** Witnessed, verified against what was witnessed, exported, and proved without the ledger. */
    @Test
    void tokenIsProvedWithoutTheLedger(RunningLedger ledger) throws Exception {
        LedgerClient client = ledger.client();
        String token = client.createToken(client.accountWith(1_000), "").text("tokenId");
        consume(client, token, "call-1");
        client.delete(LedgerPort.COMMAND, "/v1/tokens/" + token);
        String pack = folder.resolve("token.zip").toString();
        Await.until(
                PATIENCE,
                "all of the token is sealed",
                () -> AuditorProgram.on(ledger, "export", pack, "--token", token, "--json"),
                told -> told.exitCode() == 0 && told.json().path("tooNew").asLong() == 0);

        String key = ledger.data().resolve("credentials/seal-verifier-key").toString();
        Told proved = AuditorProgram.alone("verify-export", pack, "--key", key, "--json");
        assertThat(proved.exitCode()).as(proved.out() + proved.err()).isZero();
        assertThat(proved.json().path("events").asLong()).isEqualTo(3);

        String kept = witness(ledger, key);
        consume(client, client.createToken(client.accountWith(1_000), "").text("tokenId"), "call");
        assertThat(witness(ledger, key)).isEqualTo(kept);
        Told verified = AuditorProgram.on(ledger, "verify", "--checkpoint", kept, "--json");
        assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
        Told later =
                AuditorProgram.on(
                        ledger, "export", pack, "--token", token, "--kept", kept, "--json");
        assertThat(later.exitCode()).as(later.out() + later.err()).isZero();
        Told again =
                AuditorProgram.alone(
                        "verify-export", pack, "--key", key, "--checkpoint", kept, "--json");
        assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
    }

    /** What queries are answered is held against what happened. */
    @Test
    void changedViewIsFound(RunningLedger ledger) throws Exception {
        LedgerClient client = ledger.client();
        Answer created = client.createToken(client.accountWith(1_000), "");
        String token = created.text("tokenId");
        client.get(LedgerPort.QUERY, "/v1/tokens/" + token, created.position());
        rename(ledger, token, "another name");
        Told told = AuditorProgram.on(ledger, "verify", "--json");
        rename(ledger, token, "ci");

        assertThat(told.exitCode()).as(told.out() + told.err()).isEqualTo(1);
        assertThat(told.json().path("findings"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.path("kind").asString()).isEqualTo("VIEW_DIFFERS");
                    assertThat(finding.path("where").asString()).isEqualTo(token);
                });
    }

    /** Behind query-service's back. */
    private static void rename(RunningLedger ledger, String token, String name) throws Exception {
        String url =
                "jdbc:postgresql://127.0.0.1:" + ledger.ports().get(LedgerPort.POSTGRES) + "/query";
        String password = Files.readString(ledger.data().resolve("credentials/query_service"));
        try (Connection connection =
                        DriverManager.getConnection(url, "query_service", password.strip());
                PreparedStatement update =
                        connection.prepareStatement(
                                "update read.token set name = ? where token_id = ?")) {
            update.setString(1, name);
            update.setObject(2, TokenId.parse(token).uuid());
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private String witness(RunningLedger ledger, String key) throws Exception {
        Path store = folder.resolve("witness");
        String seals = "http://127.0.0.1:" + ledger.ports().get(LedgerPort.QUERY) + "/v1/seals";
        Told told =
                Await.until(
                        PATIENCE,
                        "the log is published",
                        () ->
                                AuditorProgram.alone(
                                        "witness",
                                        "--once",
                                        "--url",
                                        seals,
                                        "--store",
                                        store.toString(),
                                        "--key",
                                        key),
                        each -> each.exitCode() != 3);
        assertThat(told.exitCode()).as(told.out() + told.err()).isZero();
        return store.resolve("checkpoint").toString();
    }

    private static void consume(LedgerClient client, String token, String usageId) {
        try {
            client.post(
                    LedgerPort.COMMAND,
                    "/v1/tokens/" + token + "/consumptions",
                    "{\"usageId\":\"" + usageId + "\",\"amount\":1}");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
