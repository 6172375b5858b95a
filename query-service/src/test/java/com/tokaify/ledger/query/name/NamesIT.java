package com.tokaify.ledger.query.name;

import static com.tokaify.ledger.query.RunningQueryService.json;
import static com.tokaify.ledger.query.ScriptedLedger.tokenCreated;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.LedgerTopic;
import com.tokaify.ledger.query.RunningQueryService;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.access.SignedTokens;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What ids are called, for people who cannot read ids; over HTTP, of two accounts. */
class NamesIT {
    private static final int PARTITIONS = 4;

    private static final ScriptedLedger LEDGER = new ScriptedLedger(PARTITIONS);
    private static final AccountId MINE = LEDGER.newAccountId();
    private static final AccountId OTHER = LEDGER.newAccountId();
    private static final TokenId MY_TOKEN = LEDGER.newTokenId();
    private static final TokenId OTHER_TOKEN = LEDGER.newTokenId();
    private static final TokenId DELETED = LEDGER.newTokenId();

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
        happens(MINE, new AccountOpened("Acme"));
        happens(OTHER, new AccountOpened("Globex"));
        happens(MY_TOKEN, tokenCreated(MINE, "leaderboard"));
        happens(OTHER_TOKEN, tokenCreated(OTHER, "not mine"));
        happens(DELETED, tokenCreated(MINE, "long gone"));
        happens(DELETED, new TokenDeleted());
        service =
                RunningQueryService.start(
                        LedgerInfrastructure.get().newQueryDatabase(),
                        PARTITIONS,
                        "ledger.access.issuer=" + issuer.issuer());
        service.awaitReady();
    }

    @AfterAll
    static void stop() {
        service.close();
        topic.close();
        issuer.close();
    }

    /** A feed tells of what is deleted, too, and says most things more than once. */
    @Test
    void tellsEachNameOnceThoseOfDeletedTokensToo() {
        assertThat(names(operator, DELETED, OTHER, MY_TOKEN, MINE, OTHER_TOKEN, DELETED))
                .containsExactly(
                        MINE + " Acme",
                        OTHER + " Globex",
                        MY_TOKEN + " leaderboard",
                        OTHER_TOKEN + " not mine",
                        DELETED + " long gone");
    }

    /** What is somebody else's is as absent as what was never there. */
    @Test
    void ownersAreToldTheNamesOfTheirOwnAccountAlone() {
        assertThat(
                        names(
                                owner,
                                OTHER,
                                OTHER_TOKEN,
                                LEDGER.newTokenId(),
                                LEDGER.newAccountId(),
                                DELETED,
                                MINE))
                .containsExactly(MINE + " Acme", DELETED + " long gone");
        assertThat(names(owner, OTHER, OTHER_TOKEN)).isEmpty();
    }

    /** What is not asked for is not told, also where only the kind of the id is wrong. */
    @Test
    void anIdOfTheWrongKindIsNobodys() {
        assertThat(names(operator, new TokenId(MINE.uuid()), new AccountId(MY_TOKEN.uuid())))
                .isEmpty();
    }

    /** A name is what it is after the caller's own command. */
    @Test
    void tellsTheNameOfNow() throws Exception {
        TokenId token = LEDGER.newTokenId();
        happens(token, tokenCreated(MINE, "before"));
        Position renamed = happens(token, new TokenRenamed("after")).position();
        try (InputStream answer =
                service.open(
                                "/v1/names?id=" + token,
                                "Authorization",
                                "Bearer " + owner,
                                Position.HEADER,
                                renamed.toString())
                        .body()) {
            assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"items\":[{\"id\":\"%s\",\"name\":\"after\"}]}".formatted(token));
        }
    }

    /** A page of any list fits into one request, with everything else that stands in its head. */
    @Test
    void tellsOfTwoHundredAndNotOfMore() {
        List<StreamId> many =
                IntStream.range(0, NameQuery.MOST - 1)
                        .<StreamId>mapToObj(_ -> LEDGER.newTokenId())
                        .toList();
        assertThat(
                        names(
                                owner,
                                Stream.concat(many.stream(), Stream.of(MINE))
                                        .toArray(StreamId[]::new)))
                .containsExactly(MINE + " Acme");

        String path =
                path(Stream.concat(many.stream(), Stream.of(MINE, MINE)).toArray(StreamId[]::new));
        assertInvalid(service.getAs(owner, path), "id", "must be given at most 200 times");
    }

    /** What a request gets wrong is named: the field and the rule. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /v1/names,                      id,   is required
                    /v1/names?id=,                  id,   must be 'tok_' or 'acc_'
                    /v1/names?id=catalog,           id,   must be 'tok_' or 'acc_'
                    /v1/names?id=tok_1,             id,   must be 'tok_' or 'acc_'
                    /v1/names?id=usr_01m8qvydv8e6p8xtvwwpr46ap5, id, must be 'tok_' or 'acc_'
                    /v1/names?name=Acme,            name, is not a parameter
                    """)
    void refusesABadRequestByName(String path, String field, String rule) {
        assertInvalid(service.getAs(operator, path), field, rule);
    }

    private static void assertInvalid(HttpResponse<String> answer, String field, String rule) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        JsonNode error = json(answer).required("errors").required(0);
        assertThat(error.required("field").asString()).isEqualTo(field);
        assertThat(error.required("rule").asString()).startsWith(rule);
    }

    private static List<String> names(String accessToken, StreamId... ids) {
        HttpResponse<String> answer = service.getAs(accessToken, path(ids));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer)
                .required("items")
                .valueStream()
                .map(item ->
                        item.required("id").asString() + " " + item.required("name").asString())
                .toList();
    }

    private static String path(StreamId... ids) {
        return Stream.of(ids)
                .map(id -> "id=" + id)
                .collect(Collectors.joining("&", "/v1/names?", ""));
    }

    private static RecordedEvent happens(StreamId stream, LedgerEvent event) {
        RecordedEvent recorded = LEDGER.record(stream, event);
        topic.commit(recorded);
        return recorded;
    }
}
