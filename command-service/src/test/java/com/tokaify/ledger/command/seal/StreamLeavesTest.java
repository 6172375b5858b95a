package com.tokaify.ledger.command.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.seals.Hash;
import com.tokaify.ledger.seals.TreeHasher;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A memory that may forget and never errs. */
class StreamLeavesTest {
    private static Hash leaf(long number) {
        return new TreeHasher().leaf(Long.toString(number).getBytes(UTF_8));
    }

    /** What is told of a stream is its last leaf, or nothing. */
    @Test
    void whatIsToldIsTheLastLeaf() {
        Random random = new Random(3);
        StreamLeaves leaves = new StreamLeaves(64);
        Map<UUID, Long> last = new HashMap<>();
        int told = 0;
        for (int i = 0; i < 20_000; i++) {
            UUID stream = new UUID(random.nextInt(100), -7);
            long sequence = last.merge(stream, 0L, (before, _) -> before + 1);
            Hash before = leaves.get(stream, sequence - 1);
            if (before != null) {
                assertThat(before).isEqualTo(leaf(stream.hashCode() + 31 * (sequence - 1)));
                told++;
            }
            leaves.put(stream, sequence, leaf(stream.hashCode() + 31 * sequence));
            assertThat(leaves.get(stream, sequence)).isNotNull();
            assertThat(leaves.get(stream, sequence - 1)).isNull();
            assertThat(leaves.get(stream, sequence + 1)).isNull();
        }
        assertThat(told).as("it is of use").isGreaterThan(5_000);
    }

    /** As many as it is for are kept, when they fall into sets as evenly as ids do. */
    @Test
    void mostOfWhatItIsForIsKept() {
        StreamLeaves leaves = new StreamLeaves(4_096);
        for (int i = 0; i < 2_048; i++) {
            leaves.put(new UUID(0x0198_0000_0000_7000L + i, i), i, leaf(i));
        }
        int kept = 0;
        for (int i = 0; i < 2_048; i++) {
            if (leaves.get(new UUID(0x0198_0000_0000_7000L + i, i), i) != null) {
                kept++;
            }
        }
        assertThat(kept).isGreaterThan(1_800);
        assertThat(leaves.get(new UUID(0, 0), 0)).isNull();
    }
}
