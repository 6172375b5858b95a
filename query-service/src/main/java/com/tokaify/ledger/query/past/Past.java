package com.tokaify.ledger.query.past;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.service.problem.ProblemException;
import java.time.Instant;
import java.util.function.BiFunction;
import org.springframework.http.HttpStatus;

/**
 * What can be said of a moment of a stream.
 *
 * @param <S> what the stream is folded into
 */
public sealed interface Past<S> {

    /**
     * @param at the instant asked for; of a sequence, when its event was in effect
     */
    record Known<S>(S state, Instant at) implements Past<S> {}

    /** It began later. */
    record NotYetCreated<S>(Instant createdAt) implements Past<S> {}

    /** It was there, but events of before are kept no longer. */
    record NotKept<S>(Instant since) implements Past<S> {}

    /** The stream has not come to that sequence yet. */
    record Beyond<S>(long last) implements Past<S> {}

    /** There is no such stream. */
    record Unknown<S>() implements Past<S> {}

    /** The same of another fold of the stream. */
    default <T> Past<T> map(BiFunction<S, Instant, T> fold) {
        return switch (this) {
            case Known<S>(S state, Instant at) -> new Known<>(fold.apply(state, at), at);
            case NotYetCreated<S>(Instant createdAt) -> new NotYetCreated<>(createdAt);
            case NotKept<S>(Instant since) -> new NotKept<>(since);
            case Beyond<S>(long last) -> new Beyond<>(last);
            case Unknown<S> _ -> new Unknown<>();
        };
    }

    /**
     * The state, or the problem that tells why there is none.
     *
     * @param what names the stream in a sentence, e.g. {@code token tok_…}
     * @param notFound the code of a stream that is unknown
     */
    default Known<S> orProblem(String field, String what, String notFound) {
        return switch (this) {
            case Known<S> known -> known;
            case NotYetCreated<S>(Instant createdAt) ->
                    throw new ProblemException(
                            HttpStatus.NOT_FOUND,
                            "NOT_YET_CREATED",
                            "The %s was created later, at %s.".formatted(what, createdAt));
            case NotKept<S>(Instant since) ->
                    throw new ProblemException(
                            HttpStatus.GONE,
                            "HISTORY_NOT_KEPT",
                            "What the %s was then is not kept; events are from %s on."
                                    .formatted(what, since));
            case Beyond<S>(long last) ->
                    throw new InvalidField(
                            field, "must not be beyond the last event, which is " + last);
            case Unknown<S> _ ->
                    throw new ProblemException(
                            HttpStatus.NOT_FOUND, notFound, "There is no %s.".formatted(what));
        };
    }
}
