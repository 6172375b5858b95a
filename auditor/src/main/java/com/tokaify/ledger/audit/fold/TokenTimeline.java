package com.tokaify.ledger.audit.fold;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.core.Times;
import com.tokaify.ledger.audit.source.EventSource;
import com.tokaify.ledger.audit.source.SourceFailed;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A token's whole life, event by event. */
public final class TokenTimeline {

    /**
     * One event, and what it left.
     *
     * @param effectiveAt when it was in effect: no earlier than any before it
     */
    public record Step(
            LoggedEvent logged, TokenEvent event, TokenState after, Instant effectiveAt) {}

    private final String token;
    private final List<Step> steps;

    private TokenTimeline(String token, List<Step> steps) {
        this.token = token;
        this.steps = List.copyOf(steps);
    }

    /**
     * @throws SourceFailed where there is no such token, or what there is of it makes no sense
     */
    public static TokenTimeline read(EventSource source, String token) {
        Building building = new Building();
        source.readStream(token, building::add);
        if (building.steps.isEmpty()) {
            throw new SourceFailed("there is no token " + token + " in " + source.name());
        }
        return new TokenTimeline(token, building.steps);
    }

    private static final class Building {
        private final EventReader reader = new EventReader();
        private final List<Step> steps = new ArrayList<>();
        private TokenState state = new TokenState.Unborn();
        private Instant effectiveAt = Instant.MIN;

        private void add(LoggedEvent logged) {
            try {
                if (logged.sequence() != steps.size()) {
                    throw new Contradiction("event " + steps.size() + " was to come");
                }
                LedgerEvent read = reader.read(logged);
                if (!(read instanceof TokenEvent event)) {
                    throw new Contradiction("the event belongs to another kind of stream");
                }
                state = TokenState.evolve(state, logged, event);
                Instant recordedAt = Times.parse(logged.recordedAt());
                effectiveAt = recordedAt.isAfter(effectiveAt) ? recordedAt : effectiveAt;
                steps.add(new Step(logged, event, state, effectiveAt));
            } catch (Contradiction | UnreadableEvent e) {
                throw new SourceFailed(
                        "event "
                                + logged.id()
                                + " at "
                                + logged.partition()
                                + ":"
                                + logged.pseq()
                                + " contradicts its stream, see verify: "
                                + e.getMessage(),
                        e);
            }
        }
    }

    public List<Step> steps() {
        return steps;
    }

    /** The last step that was made by then; empty where none was. */
    public Optional<Step> last(Moment moment) {
        int end = end(moment);
        return end == 0 ? Optional.empty() : Optional.of(steps.get(end - 1));
    }

    /**
     * The same of a token that must have been there.
     *
     * @throws SourceFailed where it was not
     */
    public Step at(Moment moment) {
        return last(moment)
                .orElseThrow(() ->
                        new SourceFailed(
                                "the token "
                                        + token
                                        + " was created later, at "
                                        + steps.getFirst().effectiveAt()));
    }

    /** How many steps were made by then. */
    public int end(Moment moment) {
        return switch (moment) {
            case Moment.After(long sequence) -> {
                if (sequence >= steps.size()) {
                    throw new SourceFailed(
                            "the last event of " + token + " is " + (steps.size() - 1));
                }
                yield (int) sequence + 1;
            }
            case Moment.At(Instant instant) -> {
                int end = 0;
                while (end < steps.size() && !steps.get(end).effectiveAt().isAfter(instant)) {
                    end++;
                }
                yield end;
            }
        };
    }

    /** What a step made of the token. Each side is told by the clock of its own event. */
    public List<FieldChange> changes(int step) {
        Step after = steps.get(step);
        return FieldChange.told(step == 0 ? null : shown(steps.get(step - 1)), shown(after));
    }

    private static TokenThen shown(Step step) {
        return TokenThen.of(step.after(), step.effectiveAt());
    }
}
