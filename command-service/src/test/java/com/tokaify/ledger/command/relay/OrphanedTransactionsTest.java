package com.tokaify.ledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrphanedTransactionsTest {

    /**
     * As it was found: open in the partition, of an epoch long fenced, and nothing at the
     * coordinator.
     */
    @Test
    void whatIsOpenOfAFencedEpochWhileTheCoordinatorRestsIsAnOrphan() {
        assertThat(OrphanedTransactions.isOrphan(open(2, 1487), owner(TransactionState.EMPTY)))
                .isTrue();
    }

    /** What the coordinator still has to do with ends by it. */
    @ParameterizedTest
    @EnumSource(
            value = TransactionState.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"EMPTY", "COMPLETE_ABORT", "COMPLETE_COMMIT"})
    void whatTheCoordinatorIsBusyWithIsNone(TransactionState state) {
        assertThat(OrphanedTransactions.isOrphan(open(2, 1487), owner(state))).isFalse();
    }

    /** Another producer's, the running relay's own, and what is not open at all. */
    @Test
    void nobodyElsesTransactionIsTouched() {
        TransactionDescription owner = owner(TransactionState.EMPTY);
        assertThat(OrphanedTransactions.isOrphan(open(3, 1487), owner)).isFalse();
        assertThat(OrphanedTransactions.isOrphan(open(2, 1681), owner)).isFalse();
        assertThat(
                        OrphanedTransactions.isOrphan(
                                new ProducerState(
                                        2, 1487, 0, 0, OptionalInt.of(6), OptionalLong.empty()),
                                owner))
                .isFalse();
    }

    private static ProducerState open(long producerId, int epoch) {
        return new ProducerState(producerId, epoch, 0, 0, OptionalInt.of(6), OptionalLong.of(1244));
    }

    private static TransactionDescription owner(TransactionState state) {
        return new TransactionDescription(
                1, state, 2, 1681, 30_000, OptionalLong.empty(), Set.of());
    }
}
