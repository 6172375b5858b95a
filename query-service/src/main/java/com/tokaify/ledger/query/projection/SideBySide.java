package com.tokaify.ledger.query.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Several pieces of work, each in a transaction and on a thread of its own, all at once. They
 * commit when all are done, or none does; only a crash just then can leave some committed and
 * others not, so each must tell by itself how far it is.
 *
 * <p>Each piece begins by locking what it locks, and the next one begins only then: instances that
 * do the same therefore wait for each other in one order, where PostgreSQL could not see that they
 * wait crosswise.
 */
final class SideBySide {
    private static final ExecutorService THREADS =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().name("ledger-fill-", 0).daemon().factory());

    private final TransactionOperations transaction;

    SideBySide(TransactionOperations transaction) {
        this.transaction = transaction;
    }

    /** One of the pieces. */
    interface Piece<L, R> {
        L lock();

        R work(L locked);
    }

    /**
     * @return what each piece came to, in their order
     * @throws RuntimeException as the first of those that failed did; then nothing is changed
     */
    <L, R> List<R> run(List<? extends Piece<L, R>> pieces) {
        Vote vote = new Vote(pieces.size());
        List<Future<R>> results = new ArrayList<>();
        for (Piece<L, R> piece : pieces) {
            CountDownLatch locked = new CountDownLatch(1);
            results.add(THREADS.submit(() -> run(piece, locked, vote)));
            await(locked);
        }
        List<R> all = new ArrayList<>();
        @Nullable Throwable failure = null;
        for (Future<R> result : results) {
            try {
                all.add(result.get());
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("nobody interrupts the writer", e);
            }
        }
        return switch (failure) {
            case null -> all;
            case RuntimeException refused -> throw refused;
            case Error fatal -> throw fatal;
            case Throwable other -> throw new IllegalStateException(other);
        };
    }

    private <L, R> R run(Piece<L, R> piece, CountDownLatch locked, Vote vote) {
        boolean voted = false;
        try {
            R result =
                    transaction.execute(status -> {
                        L held = piece.lock();
                        locked.countDown();
                        R done = piece.work(held);
                        if (!vote.agree()) {
                            status.setRollbackOnly();
                        }
                        return done;
                    });
            voted = true;
            return result;
        } finally {
            locked.countDown();
            if (!voted) {
                vote.refuse();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("nobody interrupts the writer", e);
        }
    }

    /** Whether to commit. Settled by the last to agree or the first to refuse. */
    private static final class Vote {
        private final AtomicInteger missing;
        private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();

        Vote(int voters) {
            this.missing = new AtomicInteger(voters);
        }

        /** Waits for the others. */
        boolean agree() {
            if (missing.decrementAndGet() == 0) {
                outcome.complete(true);
            }
            return outcome.join();
        }

        void refuse() {
            outcome.complete(false);
        }
    }
}
