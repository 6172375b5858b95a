package com.tokaify.ledger.console.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** How people's attempts to sign in ended. Never whose: a name that is typed may be a password. */
@Component
public final class SignInCounts {
    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    /** The ways they end. */
    public enum Outcome {
        SIGNED_IN,
        /** A wrong name or a wrong password, at the embedded issuer. */
        WRONG_PASSWORD,
        /** Not even looked at: too many wrong ones came before. */
        TOO_MANY_TRIES,
        /** The issuer let the person in, or did not, and the console does not. */
        FAILED
    }

    SignInCounts(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("ledger.sign.ins")
                            .description("Attempts to sign in, by how they ended")
                            .tag("outcome", outcome.name())
                            .register(registry));
        }
    }

    public void add(Outcome outcome) {
        Objects.requireNonNull(counters.get(outcome)).increment();
    }
}
