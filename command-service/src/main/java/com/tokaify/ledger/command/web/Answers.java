package com.tokaify.ledger.command.web;

import com.tokaify.ledger.command.bus.CommandResult;
import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.bus.Ledger;
import com.tokaify.ledger.command.bus.LedgerUnavailable;
import com.tokaify.ledger.command.bus.Outcome;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.idempotency.RepeatableRequest;
import com.tokaify.ledger.command.idempotency.Repetitions;
import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.service.problem.Problem;
import com.tokaify.ledger.service.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Sends commands for controllers and turns what became of them into HTTP. */
@Component
public final class Answers {
    private final Ledger ledger;
    private final Repetitions repetitions;

    Answers(Ledger ledger, Repetitions repetitions) {
        this.ledger = ledger;
        this.repetitions = repetitions;
    }

    /**
     * Waits until the command's result is durable.
     *
     * @throws ProblemException where it was refused
     * @throws LedgerUnavailable where it was not decided, or nobody knows
     */
    public <A> Committed<A> committed(LedgerCommand<A> command) {
        return accepted(await(ledger.send(command)));
    }

    /**
     * The same for a command of a request that may carry an {@code Idempotency-Key}: a repetition
     * is answered as the first was, and changes nothing.
     *
     * @param answerType of which no component is a secret: the answer is kept with the key
     * @param writes what belongs in the transaction of the command where it is accepted
     */
    public <A> Committed<A> committed(
            HttpServletRequest request,
            LedgerCommand<A> command,
            Class<A> answerType,
            SideWrite... writes) {
        return committedWith(request, command, answerType, _ -> List.of(writes));
    }

    /**
     * The same where what belongs in the transaction depends on the answer.
     *
     * @param writes given the answer, on the thread that has decided it; called again where it is
     *     decided anew
     */
    public <A> Committed<A> committedWith(
            HttpServletRequest request,
            LedgerCommand<A> command,
            Class<A> answerType,
            Function<A, List<SideWrite>> writes) {
        Optional<RepeatableRequest> repeatable = RepeatableRequest.of(request, command.context());
        return accepted(
                repeatable.isPresent()
                        ? repetitions.once(
                                repeatable.get(),
                                command,
                                answerType,
                                keeping -> send(command, writes, keeping))
                        : send(command, writes, _ -> List.of()));
    }

    /**
     * For a request about many streams, each of whose parts may be repeated by itself.
     *
     * @throws ProblemException where its {@code Idempotency-Key} was used for another request
     */
    public void claim(HttpServletRequest request, CommandContext context) {
        RepeatableRequest.of(request, context).ifPresent(repetitions::claim);
    }

    private <A> CommandResult<A> send(
            LedgerCommand<A> command,
            Function<A, List<SideWrite>> writes,
            Function<Outcome<A>, List<SideWrite>> keeping) {
        return await(
                ledger.send(
                        command,
                        outcome -> {
                            if (!(outcome.decision() instanceof Decision.Accepted<A> accepted)) {
                                return List.of();
                            }
                            List<SideWrite> all = new ArrayList<>(writes.apply(accepted.answer()));
                            all.addAll(keeping.apply(outcome));
                            return all;
                        }));
    }

    public static <A> CommandResult<A> await(CompletableFuture<CommandResult<A>> result) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerUnavailable("The service is shutting down.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        }
    }

    private static <A> Committed<A> accepted(CommandResult<A> result) {
        return switch (result) {
            case Committed<A> committed -> committed;
            case CommandResult.Refused<A>(Refusal refusal, String detail) ->
                    throw new ProblemException(Problem.of(status(refusal), refusal.name(), detail));
        };
    }

    /** An answer with the position a reader has to reach, and the stream's sequence as its tag. */
    public static <B> ResponseEntity<B> answer(HttpStatus status, Committed<?> committed, B body) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(status)
                        .header(Position.HEADER, committed.position().toString());
        if (committed.sequence() != Committed.UNKNOWN_SEQUENCE) {
            answer.eTag("\"" + committed.sequence() + "\"");
        }
        return answer.body(body);
    }

    static HttpStatus status(Refusal refusal) {
        return switch (refusal) {
            case ACCOUNT_NOT_FOUND,
                    GROUP_NOT_FOUND,
                    MODEL_NOT_LISTED,
                    TOKEN_NOT_FOUND,
                    USAGE_NOT_FOUND ->
                    HttpStatus.NOT_FOUND;
            case TOKEN_DELETED -> HttpStatus.GONE;
            case CHANGED_MEANWHILE -> HttpStatus.PRECONDITION_FAILED;
            case ACCOUNT_SUSPENDED,
                    TOKEN_DISABLED,
                    TOKEN_EXPIRED,
                    SECRET_IN_USE,
                    SECRET_NOT_RECOVERABLE,
                    MODEL_MISSING,
                    MODEL_NOT_ALLOWED,
                    QUOTA_EXHAUSTED,
                    USAGE_ID_CONFLICT,
                    REFUND_EXCEEDS_USAGE,
                    REFUND_CONFLICT,
                    REFERENCE_CONFLICT,
                    TOTAL_OVERFLOW ->
                    HttpStatus.CONFLICT;
        };
    }
}
