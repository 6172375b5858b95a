package com.tokaify.ledger.command.bus;

import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether commands are taken at all. Closed until the start-up guards have passed; shut for good,
 * until an operator has looked, when the store and Kafka contradict each other. Thread-safe.
 */
public final class LedgerGate {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerGate.class);

    /** Where the gate stands. */
    public sealed interface State {
        record Starting(String waitingFor) implements State {}

        record Open() implements State {}

        /**
         * @param reason what an operator has to know
         */
        record Halted(String reason) implements State {}
    }

    private final AtomicReference<State> state =
            new AtomicReference<>(new State.Starting("the start-up checks"));

    public State state() {
        return state.get();
    }

    /** Opens the gate unless it was halted. */
    public void open() {
        state.updateAndGet(now -> now instanceof State.Halted ? now : new State.Open());
    }

    public void halt(Exception why) {
        LOG.error("the ledger is halted until an operator has looked", why);
        state.set(new State.Halted(String.valueOf(why.getMessage())));
    }

    /**
     * @throws LedgerUnavailable where the gate is not open
     */
    void pass() {
        switch (state.get()) {
            case State.Open _ -> {}
            case State.Starting(String waitingFor) ->
                    throw new LedgerUnavailable(
                            "The ledger is starting and waits for " + waitingFor + ".", null);
            case State.Halted _ ->
                    throw new LedgerUnavailable(
                            "The ledger is halted until an operator has looked.", null);
        }
    }
}
