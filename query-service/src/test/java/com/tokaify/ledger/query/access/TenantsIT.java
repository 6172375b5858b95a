package com.tokaify.ledger.query.access;

import static com.tokaify.ledger.query.RunningQueryService.json;
import static com.tokaify.ledger.query.ScriptedLedger.tokenCreated;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.CatalogEvent.ModelListed;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.LookupHash;
import com.tokaify.ledger.query.LedgerTopic;
import com.tokaify.ledger.query.RunningQueryService;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.access.SignedTokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Two accounts side by side in one ledger: what the owner of one is told, over HTTP. */
class TenantsIT {
    private static final int PARTITIONS = 4;
    private static final String DAY = "?from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z";

    private static final ScriptedLedger LEDGER = new ScriptedLedger(PARTITIONS);
    private static final AccountId MINE = LEDGER.newAccountId();
    private static final AccountId OTHER = LEDGER.newAccountId();
    private static final TokenId MY_TOKEN = LEDGER.newTokenId();
    private static final TokenId OTHER_TOKEN = LEDGER.newTokenId();

    private static SignedTokens issuer;
    private static LedgerTopic topic;
    private static RunningQueryService service;
    private static String owner;
    private static String operator;

    @BeforeAll
    static void start() throws Exception {
        LedgerInfrastructure.get().recreateTopics(PARTITIONS);
        issuer = SignedTokens.start();
        owner = issuer.owner(MINE.toString()).signed();
        operator = issuer.operator().signed();
        topic = new LedgerTopic();
        happens(CatalogId.CATALOG, new ModelListed("gpt-a"));
        for (AccountId account : List.of(MINE, OTHER)) {
            happens(account, new AccountOpened("Acme"));
            happens(account, new BalanceCredited(1000, "invoice"));
        }
        happens(MY_TOKEN, tokenCreated(MINE, "key"));
        happens(OTHER_TOKEN, tokenCreated(OTHER, "key"));
        happens(MY_TOKEN, new QuotaConsumed("u1", 5, "gpt-a", 5, false));
        happens(MY_TOKEN, rotated(5));
        happens(OTHER_TOKEN, new QuotaConsumed("u2", 7, "gpt-a", 7, false));
        service =
                RunningQueryService.start(
                        LedgerInfrastructure.get().newQueryDatabase(),
                        PARTITIONS,
                        "ledger.access.issuer=" + issuer.issuer(),
                        "LEDGER_QUERY_LIVE_PAUSE=20ms",
                        "LEDGER_QUERY_LIVE_HEARTBEAT=100ms");
        service.awaitReady();
    }

    @AfterAll
    static void stop() {
        service.close();
        topic.close();
        issuer.close();
    }

    /** Lists show what is the owner's, whichever way they are sorted, searched and counted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/tokens",
                "/v1/tokens?search=key",
                "/v1/tokens?sort=lastUsedAt",
                "/v1/tokens?sort=name&status=enabled",
                "/v1/accounts",
                "/v1/accounts?search=Acme"
            })
    void aListShowsOnlyWhatIsTheOwners(String path) {
        assertThat(items(operator, path)).hasSize(2);

        JsonNode page = json(service.getAs(owner, path));
        assertThat(page.required("items")).singleElement().satisfies(this::isMine);
        assertThat(page.required("total").asInt()).isEqualTo(1);
    }

    private void isMine(JsonNode item) {
        assertThat(item.required("accountId").asString()).isEqualTo(MINE.toString());
    }

    /** Asking for somebody else's by a filter finds nothing, and is no error. */
    @Test
    void aFilterOnAnotherAccountFindsNothing() {
        for (String path :
                List.of(
                        "/v1/tokens?accountId=" + OTHER,
                        "/v1/tokens?search=" + OTHER_TOKEN,
                        "/v1/accounts?search=" + OTHER,
                        "/v1/audit/events?accountId=" + OTHER,
                        "/v1/audit/events?tokenId=" + OTHER_TOKEN,
                        "/v1/names?id=" + OTHER + "&id=" + OTHER_TOKEN)) {
            assertThat(items(operator, path)).as(path).isNotEmpty();
            assertThat(items(owner, path)).as(path).isEmpty();
        }
    }

    /** The owner's account is told in full: the second wall hides nothing of it. */
    @Test
    void whatIsTheOwnersIsToldAsTheOperatorIsToldIt() {
        for (String path :
                List.of(
                        "/v1/tokens/" + MY_TOKEN,
                        "/v1/tokens/" + MY_TOKEN + "?asOf=1",
                        "/v1/tokens/" + MY_TOKEN + "/history",
                        "/v1/tokens/" + MY_TOKEN + "/usage" + DAY,
                        "/v1/tokens/" + MY_TOKEN + "/decision?at=1&model=gpt-a",
                        "/v1/accounts/" + MINE,
                        "/v1/accounts/" + MINE + "?asOf=1",
                        "/v1/accounts/" + MINE + "/history",
                        "/v1/accounts/" + MINE + "/usage" + DAY,
                        "/v1/accounts/" + MINE + "/statement" + DAY,
                        "/v1/names?id=" + MINE + "&id=" + MY_TOKEN,
                        "/v1/groups",
                        "/v1/models")) {
            HttpResponse<String> told = service.getAs(owner, path);
            assertThat(told.statusCode()).as(path).isEqualTo(200);
            assertThat(told.body()).as(path).isEqualTo(service.getAs(operator, path).body());
        }
    }

    /** The feed and the export are the account's, line for line. */
    @Test
    void theFeedAndTheExportAreTheAccounts() {
        List<String> feed =
                items(owner, "/v1/audit/events?limit=1000").stream()
                        .map(event -> event.required("accountId").asString())
                        .toList();
        assertThat(feed).hasSizeGreaterThanOrEqualTo(4).containsOnly(MINE.toString());

        String export = service.getAs(owner, "/v1/audit/export?format=ndjson").body();
        assertThat(export)
                .contains(MINE.toString())
                .contains("\"events\":" + feed.size())
                .doesNotContain(OTHER.toString())
                .doesNotContain(OTHER_TOKEN.toString());
    }

    /**
     * By what gateways find a secret is for those who keep the ledger; of events an owner is told
     * everything else, whichever way it asks.
     */
    @Test
    void anOwnerIsToldNoDigest() throws Exception {
        String feed = "/v1/audit/events?accountId=" + MINE;
        String digest = "\"lookupHash\":\"[^\"]{43}\",";
        String whole = service.getAs(operator, feed).body();
        assertThat(whole.split(digest, -1)).as("created and rotated").hasSizeGreaterThan(2);
        assertThat(service.getAs(owner, feed).body()).isEqualTo(whole.replaceAll(digest, ""));

        for (String path :
                List.of(
                        "/v1/audit/export?format=ndjson",
                        "/v1/audit/export?format=csv",
                        "/v1/tokens/" + MY_TOKEN + "/history")) {
            assertThat(service.getAs(owner, path).body())
                    .as(path)
                    .contains("secret-rotated")
                    .doesNotContain("lookupHash");
        }
        try (BufferedReader lines = listen("/v1/live", "")) {
            String begun = readUntil(lines, "id: ");
            happens(MY_TOKEN, rotated(6));
            assertThat(begun + readUntil(lines, "secret-rotated")).doesNotContain("lookupHash");
        }
    }

    /** A listener hears of the own account, and of what it has missed of it, and of no other. */
    @Test
    void aListenerHearsOfItsOwnAccount() throws Exception {
        String begin;
        try (BufferedReader lines = listen("/v1/live", "")) {
            begin = readUntil(lines, "id: ");
            happens(OTHER, new BalanceCredited(1, "not mine"));
            happens(MINE, new BalanceCredited(1, "mine at last"));
            assertNothingOfOthers(readUntil(lines, "mine at last"));
        }
        String lastId = begin.substring(begin.indexOf("id: ") + "id: ".length()).strip();
        try (BufferedReader lines = listen("/v1/live", lastId)) {
            assertNothingOfOthers(readUntil(lines, "mine at last"));
        }
    }

    /** A filter on another account hears what one on no account does: of the catalog. */
    @Test
    void aListenerToAnotherAccountHearsOfTheCatalog() throws Exception {
        try (BufferedReader lines = listen("/v1/live?accountId=" + OTHER, "")) {
            String begun = readUntil(lines, "id: ");
            happens(OTHER, new BalanceCredited(2, "not mine"));
            happens(MINE, new BalanceCredited(2, "filtered"));
            happens(CatalogId.CATALOG, new ModelListed("gpt-z"));
            String heard = begun + readUntil(lines, "gpt-z");
            assertNothingOfOthers(heard);
            assertThat(heard).doesNotContain("filtered");
        }
    }

    private static BufferedReader listen(String path, String lastId) {
        return new BufferedReader(
                new InputStreamReader(
                        lastId.isEmpty()
                                ? service.openAs(owner, "GET", path).body()
                                : service.open(
                                                path,
                                                "Authorization",
                                                "Bearer " + owner,
                                                "Last-Event-ID",
                                                lastId)
                                        .body(),
                        StandardCharsets.UTF_8));
    }

    /** All lines up to and with the one that has this. */
    private static String readUntil(BufferedReader lines, String awaited) throws IOException {
        StringBuilder read = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.append(line).append('\n');
            if (line.contains(awaited)) {
                return read.toString();
            }
        }
        throw new AssertionError("the stream ended before " + awaited);
    }

    private static void assertNothingOfOthers(String heard) {
        assertThat(heard).doesNotContain(OTHER.toString()).doesNotContain("not mine");
    }

    private static SecretRotated rotated(long hash) {
        return new SecretRotated(new LookupHash(hash, hash, hash, hash), ScriptedLedger.MASK, null);
    }

    private static void happens(StreamId stream, LedgerEvent event) {
        topic.commit(LEDGER.record(stream, event));
    }

    private static List<JsonNode> items(String accessToken, String path) {
        return json(service.getAs(accessToken, path)).required("items").valueStream().toList();
    }
}
