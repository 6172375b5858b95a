package com.tokaify.ledger.enforcement.stream;

import com.tokaify.ledger.events.kafka.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Asks the leader of each partition of {@code ledger.events} where its committed records end. */
interface LogEnds extends AutoCloseable {

    /** An answer for each partition, at some time, or none. */
    Map<Integer, CompletableFuture<Long>> ask(Collection<Integer> partitions);

    @Override
    void close();

    static LogEnds of(String bootstrap) {
        return new LogEnds() {
            private final Admin admin =
                    Admin.create(
                            Map.of(
                                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                    bootstrap,
                                    AdminClientConfig.CLIENT_ID_CONFIG,
                                    "enforcement-heartbeat",
                                    // An answer is of no use once the question is old.
                                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                    2_000,
                                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                    4_000));

            @Override
            public Map<Integer, CompletableFuture<Long>> ask(Collection<Integer> partitions) {
                ListOffsetsResult result =
                        admin.listOffsets(
                                partitions.stream()
                                        .collect(
                                                Collectors.toMap(
                                                        p -> new TopicPartition(Topics.EVENTS, p),
                                                        _ -> OffsetSpec.latest())),
                                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
                Map<Integer, CompletableFuture<Long>> answers = new HashMap<>();
                for (int partition : partitions) {
                    answers.put(
                            partition,
                            result.partitionResult(new TopicPartition(Topics.EVENTS, partition))
                                    .toCompletionStage()
                                    .thenApply(ListOffsetsResultInfo::offset)
                                    .toCompletableFuture());
                }
                return answers;
            }

            @Override
            public void close() {
                admin.close();
            }
        };
    }
}
