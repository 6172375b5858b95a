package com.tokaify.ledger.command.relay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions of a relay that are open in a partition while their coordinator knows nothing of
 * them: a broker that is killed can leave one behind (KIP-664), nobody ends it, and every relay
 * after it would wait for ever. For who has fenced every relay before.
 */
final class OrphanedTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedTransactions.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** In these a coordinator has nothing to end. */
    private static final Set<TransactionState> AT_REST =
            Set.of(
                    TransactionState.EMPTY,
                    TransactionState.COMPLETE_ABORT,
                    TransactionState.COMPLETE_COMMIT);

    private OrphanedTransactions() {}

    /**
     * Aborts those of a transactional id in a partition, and no others: they were never to be read.
     */
    static void abort(Map<String, Object> client, String transactionalId, TopicPartition where) {
        try (Admin admin = Admin.create(client)) {
            TransactionDescription owner =
                    got(
                            admin.describeTransactions(List.of(transactionalId))
                                    .description(transactionalId));
            for (ProducerState producer :
                    got(admin.describeProducers(List.of(where)).partitionResult(where))
                            .activeProducers()) {
                if (isOrphan(producer, owner)) {
                    LOG.warn("aborting a transaction of {} that nobody ends: {}", where, producer);
                    got(admin.abortTransaction(specOf(where, producer)).all());
                }
            }
        }
    }

    private static <T> T got(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a transaction without an end cannot be aborted", e);
        }
    }

    /** Of the same producer, from before it was fenced, and not its coordinator's business. */
    static boolean isOrphan(ProducerState producer, TransactionDescription owner) {
        return producer.currentTransactionStartOffset().isPresent()
                && producer.producerId() == owner.producerId()
                && producer.producerEpoch() < owner.producerEpoch()
                && AT_REST.contains(owner.state());
    }

    private static AbortTransactionSpec specOf(TopicPartition partition, ProducerState producer) {
        return new AbortTransactionSpec(
                partition,
                producer.producerId(),
                (short) producer.producerEpoch(),
                producer.coordinatorEpoch().orElse(-1));
    }
}
