package com.tokaify.ledger.command.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.command.Samples;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.seal.Seal;
import com.tokaify.ledger.seals.Checkpoint;
import com.tokaify.ledger.seals.SignedNote;
import com.tokaify.ledger.seals.SignerKey;
import com.tokaify.ledger.seals.Unsealable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log of seals, whatever happens to who writes it. */
class SealingTest {
    private static final int PARTITIONS = 4;
    private static final InstantSource CLOCK = InstantSource.fixed(Samples.NOW);
    private static final SignerKey KEY = SignerKey.generate("log.example");

    private final Map<TokenId, Long> sequences = new HashMap<>();
    private final long[] pseqs = new long[PARTITIONS];

    private StoredEvent next(int token, String correlationId) {
        TokenId stream = Samples.tokenId(token);
        int partition = token % PARTITIONS;
        return new StoredEvent(
                new Position(partition, ++pseqs[partition]),
                stream,
                sequences.merge(stream, 0L, (last, _) -> last + 1),
                EventType.TOKEN_ENABLED,
                Instant.parse("2026-07-01T12:00:00.5Z"),
                Actor.system("test"),
                correlationId,
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static Sealing resume(MemorySeals store, StreamLeaves known) {
        return Sealing.resume(store, KEY, PARTITIONS, known, CLOCK);
    }

    /**
     * Appends and seals in any order, one incarnation killed after the other at any step, each with
     * a memory too small or somebody else's: the log is the one a naive tree over all entries is,
     * at every size it was ever signed at, and no size was signed twice.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void killedAnywhereItIsOneHistory(long seed) {
        Random random = new Random(seed);
        int[] killsLeft = {40};
        MemorySeals store =
                new MemorySeals(
                        _ -> killsLeft[0] > 0 && random.nextInt(6) == 0 && killsLeft[0]-- > 0);
        StreamLeaves known = new StreamLeaves(1 + random.nextInt(8));
        for (int round = 0; round < 120; round++) {
            try {
                Sealing sealing = resume(store, known);
                for (int i = random.nextInt(4); i >= 0; i--) {
                    for (int n = random.nextInt(9); n > 0; n--) {
                        store.record(next(random.nextInt(20), "c"));
                    }
                    long[] ends = store.ends(PARTITIONS);
                    boolean any = sealing.backlog(ends) > 0;
                    assertThat(sealing.sealNext(ends)).isEqualTo(any);
                }
            } catch (MemorySeals.Killed e) {
                if (random.nextBoolean()) {
                    known = new StreamLeaves(1 + random.nextInt(8));
                }
            }
        }
        killsLeft[0] = 0;
        Sealing last = resume(store, known);
        while (last.sealNext(store.ends(PARTITIONS))) {
            assertThat(store.seals()).isNotEmpty();
        }
        mustBeOneHistory(store);
        assertThat(store.seals().getLast().size()).isEqualTo(store.events().size());
    }

    private static void mustBeOneHistory(MemorySeals store) {
        NaiveLog naive = new NaiveLog(store.events(), store.runs());
        Set<Long> sizes = new HashSet<>();
        for (Seal seal : store.seals()) {
            SignedNote note = SignedNote.parse(seal.checkpoint());
            assertThat(KEY.verifier().verifies(note)).isTrue();
            assertThat(Checkpoint.parse(note.text()))
                    .isEqualTo(
                            new Checkpoint(
                                    "log.example", seal.size(), naive.root((int) seal.size())));
            assertThat(sizes.add(seal.size())).as("size %d is signed once", seal.size()).isTrue();
        }
    }

    /** More than a seal holds is sealed by several, of which each takes from all partitions. */
    @Test
    void backlogIsSealedInFullSealsFairly() {
        MemorySeals store = new MemorySeals(_ -> false);
        for (int i = 0; i < Seal.MAX_LEAVES + 500; i++) {
            store.record(next(0, "c"));
        }
        for (int i = 0; i < 30; i++) {
            store.record(next(1 + i % 3, "c"));
        }
        Sealing sealing = resume(store, new StreamLeaves(1));
        long[] ends = store.ends(PARTITIONS);
        assertThat(sealing.backlog(ends)).isEqualTo(Seal.MAX_LEAVES + 530);
        assertThat(sealing.sealNext(ends)).isTrue();
        assertThat(sealing.backlog(ends)).isLessThanOrEqualTo(Seal.MAX_LEAVES + 530 - 2_500);
        while (sealing.sealNext(ends)) {
            assertThat(store.seals().getLast().leaves()).isLessThanOrEqualTo(Seal.MAX_LEAVES);
        }
        assertThat(store.seals().getFirst().runs()).hasSize(PARTITIONS);
        mustBeOneHistory(store);
    }

    /** An event of which no entry can be made stops the log, and is not passed over. */
    @Test
    void unsealableEventStopsTheLog() {
        MemorySeals store = new MemorySeals(_ -> false);
        store.record(next(1, "c"));
        store.record(next(1, "two\nlines"));
        store.record(next(2, "c"));
        Sealing sealing = resume(store, new StreamLeaves(1));
        long[] ends = store.ends(PARTITIONS);
        assertThatThrownBy(() -> sealing.sealNext(ends)).isInstanceOf(Unsealable.class);
        assertThat(store.seals()).isEmpty();
    }

    /** So does a hole, which a store that only grows cannot have. */
    @Test
    void holeStopsTheLog() {
        MemorySeals store = new MemorySeals(_ -> false);
        store.record(next(1, "c"));
        store.record(next(1, "c"));
        StoredEvent lost = store.events().getFirst();
        store.lose(lost);
        Sealing sealing = resume(store, new StreamLeaves(1));
        long[] ends = store.ends(PARTITIONS);
        assertThatThrownBy(() -> sealing.sealNext(ends))
                .isInstanceOf(SealedContradiction.class)
                .hasMessageContaining(lost.position().toString());
    }

    /** A log is gone on with by its own key, and only where its leaves are those it has signed. */
    @Test
    void anotherKeyOrOtherLeavesAreRefused() {
        MemorySeals store = new MemorySeals(_ -> false);
        store.record(next(1, "c"));
        assertThat(resume(store, new StreamLeaves(1)).sealNext(store.ends(PARTITIONS))).isTrue();
        SignerKey other = SignerKey.generate("log.example");
        StreamLeaves known = new StreamLeaves(1);
        assertThatThrownBy(() -> Sealing.resume(store, other, PARTITIONS, known, CLOCK))
                .isInstanceOf(NoSealKey.class);
        Seal seal = store.seals().removeLast();
        store.seals()
                .add(
                        new Seal(
                                seal.size(),
                                seal.checkpoint(),
                                seal.firstLeaf(),
                                seal.runs(),
                                new byte[seal.hashes().length]));
        assertThatThrownBy(() -> resume(store, known)).isInstanceOf(SealedContradiction.class);
    }

    /** What is remembered of a stream is only ever taken for the event it is of. */
    @Test
    void memoryOfAnotherIncarnationIsNotBelieved() {
        MemorySeals store = new MemorySeals(_ -> false);
        store.record(next(1, "c"));
        StreamLeaves mine = new StreamLeaves(8);
        assertThat(resume(store, mine).sealNext(store.ends(PARTITIONS))).isTrue();
        store.record(next(1, "c"));
        assertThat(resume(store, new StreamLeaves(8)).sealNext(store.ends(PARTITIONS))).isTrue();
        store.record(next(1, "c"));
        assertThat(resume(store, mine).sealNext(store.ends(PARTITIONS))).isTrue();
        mustBeOneHistory(store);
        assertThat(List.copyOf(store.seals())).hasSize(3);
    }
}
