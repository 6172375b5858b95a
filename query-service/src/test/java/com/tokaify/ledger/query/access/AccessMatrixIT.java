package com.tokaify.ledger.query.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.LedgerTopic;
import com.tokaify.ledger.query.RunningQueryService;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.query.seal.ScriptedSeals;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.access.AccessMatrix;
import com.tokaify.ledger.testkit.access.AccessMatrix.Cell;
import com.tokaify.ledger.testkit.access.AccessMatrix.Sample;
import com.tokaify.ledger.testkit.access.SignedTokens;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every operation of the document, asked over HTTP by every kind of caller. */
class AccessMatrixIT {
    private static final int PARTITIONS = 4;
    private static final Set<String> READERS = Set.of("operator", "owner", "auditor");
    private static final Set<String> EVERYBODY =
            Set.of("operator", "owner", "auditor", "gateway", AccessMatrix.NOBODY);
    private static final String DAY = "?from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z";

    private static final AccessMatrix MATRIX =
            new AccessMatrix()
                    .with("get /v1/tokens", list("/v1/tokens"))
                    .with("get /v1/tokens/{id}", item("/v1/tokens/TOKEN"))
                    .with("get /v1/tokens/{id}/history", item("/v1/tokens/TOKEN/history"))
                    .with("get /v1/tokens/{id}/usage", item("/v1/tokens/TOKEN/usage" + DAY))
                    .with("get /v1/tokens/{id}/decision", item("/v1/tokens/TOKEN/decision"))
                    .with("get /v1/accounts", list("/v1/accounts"))
                    .with("get /v1/accounts/{id}", item("/v1/accounts/ACCOUNT"))
                    .with("get /v1/accounts/{id}/history", item("/v1/accounts/ACCOUNT/history"))
                    .with("get /v1/accounts/{id}/usage", item("/v1/accounts/ACCOUNT/usage" + DAY))
                    .with(
                            "get /v1/accounts/{id}/statement",
                            item("/v1/accounts/ACCOUNT/statement" + DAY))
                    .with("get /v1/audit/events", list("/v1/audit/events"))
                    .with("get /v1/audit/export", list("/v1/audit/export?format=ndjson"))
                    .with("get /v1/live", list("/v1/live"))
                    .with("get /v1/names", list("/v1/names?id=TOKEN&id=ACCOUNT"))
                    .with("get /v1/groups", list("/v1/groups"))
                    .with("get /v1/models", list("/v1/models"))
                    .with("get /v1/seals/checkpoint", open("/v1/seals/checkpoint"))
                    .with("get /v1/seals/key", open("/v1/seals/key"))
                    .with("get /v1/seals/tile/{level}/{tile}", open("/v1/seals/tile/0/000.p/1"))
                    .with(
                            "get /v1/seals/tile/entries/{tile}",
                            new Sample(
                                    "/v1/seals/tile/entries/000.p/1",
                                    "",
                                    200,
                                    Set.of("operator", "auditor"),
                                    404))
                    .with("get /v1/seals/proofs/{eventId}", item("/v1/seals/proofs/TOKEN:0"))
                    .with(
                            "get /v1/projections",
                            new Sample(
                                    "/v1/projections",
                                    "",
                                    200,
                                    Set.of("operator", "auditor"),
                                    null))
                    // Behind the wall: there is no projection of this name.
                    .with(
                            "post /v1/projections/{name}/rebuild",
                            new Sample(
                                    "/v1/projections/nothing/rebuild",
                                    "",
                                    404,
                                    Set.of("operator"),
                                    null));

    private static final String ENDLESS = "/v1/live";

    private static final ScriptedLedger LEDGER = new ScriptedLedger(PARTITIONS);
    private static final AccountId ACCOUNT = LEDGER.newAccountId();
    private static final AccountId OTHER = LEDGER.newAccountId();
    private static final TokenId TOKEN = LEDGER.newTokenId();
    private static final TokenId UNKNOWN_TOKEN = LEDGER.newTokenId();
    private static final AccountId UNKNOWN_ACCOUNT = LEDGER.newAccountId();

    private static SignedTokens issuer;
    private static LedgerTopic topic;
    private static RunningQueryService service;
    private static List<Cell> cells;

    @BeforeAll
    static void start() throws Exception {
        LedgerInfrastructure.get().recreateTopics(PARTITIONS);
        issuer = SignedTokens.start();
        topic = new LedgerTopic();
        topic.commit(
                List.of(
                        LEDGER.record(ACCOUNT, new AccountOpened("Acme")),
                        LEDGER.record(OTHER, new AccountOpened("Other"))));
        RecordedEvent created =
                LEDGER.record(TOKEN, ScriptedLedger.tokenCreated(ACCOUNT, "theirs"));
        topic.commit(created);
        service =
                RunningQueryService.start(
                        LedgerInfrastructure.get().newQueryDatabase(),
                        PARTITIONS,
                        "ledger.access.issuer=" + issuer.issuer(),
                        "LEDGER_QUERY_LIVE_HEARTBEAT=100ms",
                        "LEDGER_SEAL_VERIFIER_KEY=" + ScriptedSeals.KEY.verifier());
        service.awaitReady();
        try (ScriptedSeals seals = new ScriptedSeals()) {
            seals.publish(List.of(created));
        }
        Await.until(
                Duration.ofSeconds(30),
                "the seal is published",
                () -> service.get("/v1/seals/checkpoint").statusCode() == 200);
        cells =
                MATRIX.cells(
                        service.contract().document(),
                        issuer,
                        ACCOUNT.toString(),
                        OTHER.toString());
    }

    @AfterAll
    static void stop() {
        service.close();
        topic.close();
        issuer.close();
    }

    private static Sample list(String path) {
        return new Sample(path, "", 200, READERS, null);
    }

    private static Sample open(String path) {
        return new Sample(path, "", 200, EVERYBODY, null);
    }

    private static Sample item(String path) {
        return new Sample(path, "", 200, READERS, 404);
    }

    /** Nobody gets further than the rules say, and nobody is kept from what is his. */
    @Test
    void everyOperationAnswersEveryCallerByTheRules() throws Exception {
        assertThat(cells).hasSizeGreaterThan(300);
        for (Cell cell : cells) {
            String path = path(cell, TOKEN, ACCOUNT);
            try (InputStream answer = body(cell, cell.status(), path)) {
                if (!path.startsWith(ENDLESS)) {
                    // To its end, at which an export makes room for the next one.
                    var _ = answer.readAllBytes();
                }
            }
        }
    }

    /** What is somebody else's is answered word for word as what was never there. */
    @Test
    void othersThingsAreAnsweredAsNothing() throws Exception {
        List<Cell> outside = cells.stream().filter(Cell::isOutside).toList();
        assertThat(outside).isNotEmpty();
        for (Cell cell : outside) {
            assertThat(text(cell, path(cell, TOKEN, ACCOUNT)))
                    .as(cell.toString())
                    .isEqualTo(
                            text(cell, path(cell, UNKNOWN_TOKEN, UNKNOWN_ACCOUNT))
                                    .replace(UNKNOWN_TOKEN.toString(), TOKEN.toString())
                                    .replace(UNKNOWN_ACCOUNT.toString(), ACCOUNT.toString()));
        }
    }

    private static String path(Cell cell, TokenId token, AccountId account) {
        return cell.sample()
                .path()
                .replace("TOKEN", token.toString())
                .replace("ACCOUNT", account.toString());
    }

    private static String text(Cell cell, String path) throws Exception {
        try (InputStream body = body(cell, cell.status(), path)) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream body(Cell cell, int status, String path) {
        HttpResponse<InputStream> answer = service.openAs(cell.token(), cell.method(), path);
        assertThat(answer.statusCode()).as(cell.toString()).isEqualTo(status);
        if (status == 401) {
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                    .as(cell.toString())
                    .startsWith("Bearer");
        }
        return answer.body();
    }
}
