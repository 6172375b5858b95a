package com.tokaify.ledger.query.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.seal.Seal;
import com.tokaify.ledger.query.LedgerTopic;
import com.tokaify.ledger.query.RunningQueryService;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.seals.Checkpoint;
import com.tokaify.ledger.seals.SignedNote;
import com.tokaify.ledger.seals.SignerKey;
import com.tokaify.ledger.seals.VerifierKey;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.QueryDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The log of seals as query-service publishes it, checked as a stranger would: with SHA-256, the
 * verifier key and the specifications.
 */
class SealsIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int HASH = 32;

    private final ScriptedLedger ledger = new ScriptedLedger(1);
    private final AccountId account = ledger.newAccountId();
    private final TokenId token = ledger.newTokenId();
    private final List<RecordedEvent> events = new ArrayList<>();
    private QueryDatabase database;
    private LedgerTopic topic;
    private ScriptedSeals seals;
    private RunningQueryService service;

    @BeforeEach
    void start() {
        LedgerInfrastructure.get().recreateTopics(1);
        database = LedgerInfrastructure.get().newQueryDatabase();
        topic = new LedgerTopic();
        seals = new ScriptedSeals();
        service = run();
        record(ledger.record(account, new AccountOpened("Acme")));
        record(ledger.record(token, ScriptedLedger.tokenCreated(account, "ours")));
    }

    private RunningQueryService run() {
        return RunningQueryService.start(
                database, 1, "LEDGER_SEAL_VERIFIER_KEY=" + ScriptedSeals.KEY.verifier());
    }

    @AfterEach
    void stop() {
        service.close();
        seals.close();
        topic.close();
    }

    private void record(RecordedEvent... recorded) {
        events.addAll(List.of(recorded));
        topic.commit(recorded);
    }

    /** So many events more. */
    private void live(int count) {
        List<RecordedEvent> more = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            more.add(
                    ledger.record(
                            token, i % 2 == 0 ? new TokenDisabled("why") : new TokenEnabled()));
        }
        record(more.toArray(RecordedEvent[]::new));
    }

    private void sealUpTo(int size) {
        seals.publish(events.subList(seals.entries().size(), size));
    }

    private void awaitSize(long size) {
        Await.until(
                LIMIT,
                "a checkpoint",
                () -> service.get("/v1/seals/checkpoint").statusCode() == 200);
        Await.until(LIMIT, "checkpoint of " + size, this::checkpoint, seen -> seen.size() == size);
        service.get("/v1/audit/events?limit=1", events.get((int) size - 1).position());
    }

    private Checkpoint checkpoint() {
        HttpResponse<String> answer = service.get("/v1/seals/checkpoint");
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("text/plain;charset=UTF-8");
        SignedNote note = SignedNote.parse(answer.body());
        assertThat(VerifierKey.parse(service.get("/v1/seals/key").body().strip()).verifies(note))
                .isTrue();
        return Checkpoint.parse(note.text());
    }

    private byte[] bytes(String path) throws IOException {
        HttpResponse<InputStream> answer = service.open(path);
        try (InputStream body = answer.body()) {
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .contains("application/octet-stream");
            assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
                    .contains("immutable");
            return body.readAllBytes();
        }
    }

    private static byte[] sha256(int prefix, byte[]... parts) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update((byte) prefix);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static byte[] hash(byte[] tile, int place) {
        return Arrays.copyOfRange(tile, place * HASH, (place + 1) * HASH);
    }

    private static byte[] root(byte[] hashes, int from, int to) throws Exception {
        if (to - from == 1) {
            return hash(hashes, from);
        }
        int middle = from + Integer.highestOneBit(to - from - 1);
        return sha256(1, root(hashes, from, middle), root(hashes, middle, to));
    }

    /**
     * Entries hash to tiles, tiles to the root, and the root is signed; what was told stays told.
     */
    @Test
    void entriesTilesAndCheckpointAgree() throws Exception {
        live(298);
        sealUpTo(1);
        sealUpTo(200);
        sealUpTo(300);
        awaitSize(300);
        assertThat(checkpoint()).isEqualTo(seals.checkpoint());

        byte[] whole = bytes("/v1/seals/tile/0/000");
        byte[] partial = bytes("/v1/seals/tile/0/001.p/44");
        byte[] above = bytes("/v1/seals/tile/1/000.p/1");
        assertThat(whole).hasSize(256 * HASH);
        assertThat(partial).hasSize(44 * HASH);
        assertThat(above).isEqualTo(root(whole, 0, 256));
        assertThat(sha256(1, above, root(partial, 0, 44))).isEqualTo(checkpoint().root().bytes());
        // A tree of an earlier size is a prefix of what there is.
        assertThat(bytes("/v1/seals/tile/0/000.p/200")).isEqualTo(Arrays.copyOf(whole, 200 * HASH));

        ByteBuffer bundle = ByteBuffer.wrap(bytes("/v1/seals/tile/entries/000"));
        for (int leaf = 0; leaf < 256; leaf++) {
            byte[] entry = new byte[Short.toUnsignedInt(bundle.getShort())];
            bundle.get(entry);
            assertThat(entry).isEqualTo(seals.entries().get(leaf));
            assertThat(sha256(0, entry)).isEqualTo(hash(whole, leaf));
        }
        assertThat(bundle.hasRemaining()).isFalse();
        assertThat(bytes("/v1/seals/tile/entries/001.p/44")).isNotEmpty();
    }

    /** Of what there is not there is nothing, in the words of a problem. */
    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(service.get("/v1/seals/checkpoint").statusCode()).isEqualTo(404);
        sealUpTo(2);
        awaitSize(2);
        for (String nothing :
                List.of(
                        "/v1/seals/tile/0/000",
                        "/v1/seals/tile/0/000.p/3",
                        "/v1/seals/tile/0/001.p/1",
                        "/v1/seals/tile/1/000.p/1",
                        "/v1/seals/tile/00/000.p/1",
                        "/v1/seals/tile/64/000.p/1",
                        "/v1/seals/tile/-1/000.p/1",
                        "/v1/seals/tile/0/0.p/1",
                        "/v1/seals/tile/0/000.p/02",
                        "/v1/seals/tile/entries/000",
                        "/v1/seals/tile/entries/000.p/3",
                        "/v1/seals/tile/entries/x",
                        "/v1/seals/proofs/nothing",
                        "/v1/seals/proofs/" + token + ":1",
                        "/v1/seals/proofs/" + token + ":00",
                        "/v1/seals/proofs/" + ledger.newTokenId() + ":0")) {
            assertThat(service.get(nothing).statusCode()).as(nothing).isEqualTo(404);
        }
        live(1);
        HttpResponse<String> unsealed =
                service.get("/v1/seals/proofs/" + token + ":1", events.getLast().position());
        assertThat(unsealed.statusCode()).isEqualTo(404);
        assertThat(unsealed.body()).contains("EVENT_NOT_SEALED");
    }

    /** A proof leads from the event to the signed root by nothing but SHA-256. */
    @Test
    void proofsLeadToTheSignedRoot() throws Exception {
        live(68);
        sealUpTo(3);
        sealUpTo(70);
        awaitSize(70);
        for (int leaf : new int[] {0, 1, 2, 3, 63, 64, 69}) {
            RecordedEvent event = events.get(leaf);
            String proof =
                    service.get("/v1/seals/proofs/" + event.stream() + ":" + event.sequence())
                            .body();
            List<String> lines = proof.lines().toList();
            assertThat(lines.get(0)).isEqualTo("c2sp.org/tlog-proof@v1");
            assertThat(lines.get(1)).isEqualTo("index " + leaf);
            int end = lines.indexOf("");
            List<byte[]> path =
                    lines.subList(2, end).stream()
                            .map(line -> Base64.getDecoder().decode(line))
                            .toList();
            String note = proof.substring(proof.indexOf("\n\n") + 2);
            assertThat(ScriptedSeals.KEY.verifier().verifies(SignedNote.parse(note))).isTrue();
            Checkpoint signed = Checkpoint.parse(SignedNote.parse(note).text());
            assertThat(lead(sha256(0, seals.entries().get(leaf)), leaf, 70, path))
                    .isEqualTo(signed.root().bytes());
        }
    }

    /** RFC 9162, 2.1.3.2. */
    private static byte[] lead(byte[] leaf, long index, long size, List<byte[]> path)
            throws Exception {
        long fn = index;
        long sn = size - 1;
        byte[] hash = leaf;
        for (byte[] next : path) {
            assertThat(sn).isPositive();
            if (fn % 2 == 1 || fn == sn) {
                hash = sha256(1, next, hash);
                while (fn % 2 == 0 && fn > 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = sha256(1, hash, next);
            }
            fn >>= 1;
            sn >>= 1;
        }
        assertThat(sn).isZero();
        return hash;
    }

    /** What comes twice is skipped, also after a start, which goes on where it was. */
    @Test
    void whatComesTwiceIsSkipped() throws IOException {
        Seal first = seals.publish(events.subList(0, 1));
        Seal second = seals.publish(events.subList(1, 2));
        seals.publish(first);
        seals.publish(second);
        awaitSize(2);
        service.close();
        service = run();
        live(1);
        seals.publish(second);
        sealUpTo(3);
        awaitSize(3);
        assertThat(health()).contains("UP");
    }

    /** A seal that does not lead on from what is published is never published. */
    @Test
    void secondHistoryIsNotPublished() {
        live(3);
        sealUpTo(2);
        awaitSize(2);
        seals.publish(seals.seal(events.subList(2, 3), SignerKey.generate("log.example")));
        Await.until(LIMIT, "it is told", this::health, health -> health.contains("not signed by"));
        assertThat(checkpoint().size()).isEqualTo(2);
    }

    /** Neither is one whose leaves are not those its checkpoint is of. */
    @Test
    void changedLeavesAreNotPublished() {
        Seal right = seals.seal(events.subList(0, 2), ScriptedSeals.KEY);
        byte[] changed = right.hashes().clone();
        changed[40] = (byte) (changed[40] ^ 1);
        seals.publish(
                new Seal(
                        right.size(),
                        right.checkpoint(),
                        right.firstLeaf(),
                        right.runs(),
                        changed));
        Await.until(LIMIT, "it is told", this::health, health -> health.contains("is not of the"));
        assertThat(service.get("/v1/seals/checkpoint").statusCode()).isEqualTo(404);
    }

    /** Nor one behind a gap. */
    @Test
    void gapIsNotPublishedOver() {
        Seal lost = seals.seal(events.subList(0, 1), ScriptedSeals.KEY);
        assertThat(lost.size()).isEqualTo(1);
        seals.publish(events.subList(1, 2));
        Await.until(
                LIMIT, "it is told", this::health, health -> health.contains("begins with leaf 1"));
        assertThat(service.get("/v1/seals/checkpoint").statusCode()).isEqualTo(404);
    }

    private String health() throws IOException {
        try (InputStream body = service.open("/actuator/health/seals").body()) {
            return new String(body.readAllBytes(), UTF_8);
        }
    }
}
