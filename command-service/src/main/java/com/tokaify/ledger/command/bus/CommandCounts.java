package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.decision.Refusal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often commands ended how, those of the intake included. A command pays one increment that
 * threads do not contend for, before its caller is answered; sums are made when somebody asks. Any
 * number of threads.
 */
public final class CommandCounts {
    private final LongAdder committed = new LongAdder();
    private final LongAdder undecided = new LongAdder();
    private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);

    CommandCounts() {
        for (Refusal refusal : Refusal.values()) {
            refused.put(refusal, new LongAdder());
        }
    }

    void add(List<CommandResult<?>> results) {
        for (CommandResult<?> result : results) {
            switch (result) {
                case CommandResult.Committed<?> _ -> committed.increment();
                case CommandResult.Refused<?>(Refusal refusal, _) -> of(refusal).increment();
            }
        }
    }

    /** Nothing was decided: the ledger is not open, too much waits, or its store failed. */
    void addUndecided(int commands) {
        undecided.add(commands);
    }

    /** Accepted and durable, also where they asked for what already was. */
    public long committed() {
        return committed.sum();
    }

    public long refused(Refusal refusal) {
        return of(refusal).sum();
    }

    public long undecided() {
        return undecided.sum();
    }

    private LongAdder of(Refusal refusal) {
        return Objects.requireNonNull(refused.get(refusal));
    }
}
