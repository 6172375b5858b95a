package com.tokaify.ledger.command.idempotency;

import com.tokaify.ledger.command.bus.CommandResult;
import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.bus.Outcome;
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.store.AppendFailed;
import com.tokaify.ledger.command.store.EventTable;
import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.service.problem.ProblemException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Answers a request with an {@code Idempotency-Key} once: what the command was answered is kept in
 * the transaction of its events, and a repetition is answered from there. A refusal is not kept,
 * for it has changed nothing: a repetition is decided anew.
 *
 * <p>Within an instance repetitions at the same time wait for each other; over instances the
 * table's primary key decides, and who comes second answers what the first has kept. Thread-safe.
 */
@Component
public final class Repetitions {
    private static final int LOCKS = 1_024;

    private final IdempotencyTable table;
    private final EventTable events;
    private final Clock clock;
    private final List<Lock> locks =
            Stream.<Lock>generate(ReentrantLock::new).limit(LOCKS).toList();

    Repetitions(JdbcClient jdbc, Clock clock) {
        this.table = new IdempotencyTable(jdbc);
        this.events = new EventTable(jdbc);
        this.clock = clock;
    }

    /** Sends a command with what belongs in its transaction, and waits. */
    @FunctionalInterface
    public interface Sending<A> {
        CommandResult<A> with(Function<Outcome<A>, List<SideWrite>> writes);
    }

    /**
     * @param answerType has no component that is a secret
     * @return what became of the command, now or at its first time
     * @throws ProblemException where the key was used for another request
     */
    public <A> CommandResult<A> once(
            RepeatableRequest request,
            LedgerCommand<A> command,
            Class<A> answerType,
            Sending<A> sending) {
        Lock lock = locks.get(Math.floorMod(request.key().hashCode(), LOCKS));
        lock.lock();
        try {
            Optional<CommandResult<A>> earlier = earlier(request, answerType);
            return earlier.isPresent()
                    ? earlier.get()
                    : sending.with(outcome -> keep(request, command, outcome));
        } catch (AppendFailed.Rejected e) {
            if (e.getCause() instanceof IdempotencyTable.KeyTaken) {
                return earlier(request, answerType).orElseThrow(() -> e);
            }
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /**
     * For a request about many streams, each of whose parts may be repeated by itself: nothing is
     * kept but that the key was used for it.
     *
     * @throws ProblemException where the key was used for another request
     */
    public void claim(RepeatableRequest request) {
        table.claim(request.key(), request.fingerprint(), clock.instant());
        table.find(request.key()).ifPresent(kept -> mustBeTheSame(request, kept));
    }

    private <A> List<SideWrite> keep(
            RepeatableRequest request, LedgerCommand<A> command, Outcome<A> outcome) {
        return outcome.decision() instanceof Decision.Accepted<A> accepted
                ? List.of(
                        IdempotencyTable.keep(
                                request.key(),
                                new KeptAnswer(
                                        request.fingerprint(),
                                        command.stream().uuid(),
                                        outcome.sequence(),
                                        StrictJson.MAPPER.writeValueAsBytes(accepted.answer())),
                                command.context().at()))
                : List.of();
    }

    private <A> Optional<CommandResult<A>> earlier(RepeatableRequest request, Class<A> answerType) {
        return table.find(request.key())
                .map(kept -> {
                    mustBeTheSame(request, kept);
                    long sequence = Objects.requireNonNull(kept.sequence());
                    return new Committed<>(
                            StrictJson.read(
                                    StrictJson.MAPPER.readerFor(answerType),
                                    answerType,
                                    Objects.requireNonNull(kept.answer()),
                                    "a kept answer"),
                            events.position(Objects.requireNonNull(kept.stream()), sequence),
                            sequence);
                });
    }

    private static void mustBeTheSame(RepeatableRequest request, KeptAnswer kept) {
        if (!Arrays.equals(request.fingerprint(), kept.fingerprint())) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "IDEMPOTENCY_KEY_REUSED",
                    "The Idempotency-Key was used for another request; take a new one.");
        }
    }
}
