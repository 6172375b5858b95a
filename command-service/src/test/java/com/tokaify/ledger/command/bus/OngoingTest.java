package com.tokaify.ledger.command.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.reflect.Proxy;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.junit.jupiter.api.Test;

class OngoingTest {
    private final Cache<String, Aggregate<?>> living = Caffeine.newBuilder().build();
    private final UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(null);
    private final Ongoing ongoing = Ongoing.in(unitOfWork, living);

    /** Nothing is asked of it. */
    private static Aggregate<?> aggregate() {
        return (Aggregate<?>)
                Proxy.newProxyInstance(
                        OngoingTest.class.getClassLoader(),
                        new Class<?>[] {Aggregate.class},
                        (_, method, _) -> {
                            throw new UnsupportedOperationException(method.getName());
                        });
    }

    /**
     * A creation that was refused, or had happened before, leaves an aggregate without an id in its
     * batch. All others of the batch stay in memory all the same.
     */
    @Test
    void aCreationThatMadeNothingKeepsNobodyOutOfMemory() {
        Aggregate<?> other = aggregate();
        ongoing.add(null, aggregate());
        ongoing.add("tok_1", other);
        unitOfWork.commit();
        assertThat(living.asMap()).containsOnlyKeys("tok_1");
    }

    /** What a failed batch touched is read again. */
    @Test
    void aFailedBatchLeavesNothingInMemory() {
        living.put("tok_1", aggregate());
        assertThat(ongoing.aggregate("tok_1")).isNotNull();
        ongoing.add("tok_2", aggregate());
        unitOfWork.rollback();
        assertThat(living.asMap()).isEmpty();
    }
}
