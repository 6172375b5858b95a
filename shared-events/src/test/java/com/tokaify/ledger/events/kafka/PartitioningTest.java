package com.tokaify.ledger.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitioningTest {

    /** A producer that knows nothing of us, only the key, finds the same partition. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 1000, Short.MAX_VALUE})
    void partitionIsThatOfKafkasDefaultPartitioner(int partitions) {
        Partitioning partitioning = new Partitioning(partitions);
        Random random = new Random(20261123);
        for (int i = 0; i < 5_000; i++) {
            UUID uuid = new UUID(random.nextLong(), random.nextLong());
            StreamId stream = i % 2 == 0 ? new TokenId(uuid) : new AccountId(uuid);

            assertThat(partitioning.partitionOf(stream))
                    .as("%s", stream)
                    .isEqualTo(
                            BuiltInPartitioner.partitionForKey(
                                    stream.toString().getBytes(UTF_8), partitions));
        }
    }

    /**
     * The partition of a stream never changes: events lie where they were put. The numbers were
     * computed by another implementation of murmur2.
     */
    @ParameterizedTest
    @CsvSource({
        "catalog, 17",
        "tok_01karc8qkff8drrb9y9xd6pz4d, 49",
        "tok_00000000000000000000000000, 24",
        "tok_7zzzzzzzzzzzzzzzzzzzzzzzzz, 60",
        "acc_01karc8qkfe008000000000001, 43"
    })
    void partitionsOfKnownStreamsStay(String stream, int partition) {
        assertThat(new Partitioning(64).partitionOf(StreamId.parse(stream))).isEqualTo(partition);
    }

    /** A ledger has at least one partition and no more than the store can number. */
    @ParameterizedTest
    @ValueSource(ints = {0, -1, Short.MAX_VALUE + 1})
    void impossibleNumberOfPartitionsIsRefused(int partitions) {
        assertThatThrownBy(() -> new Partitioning(partitions))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("partitions must be 1 to 32767");
    }
}
