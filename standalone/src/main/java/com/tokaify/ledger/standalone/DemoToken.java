package com.tokaify.ledger.standalone;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A token as the script has it.
 *
 * @param models what its application asks for
 * @param onlyModels whether it may be used for nothing else
 * @param address where its application runs
 * @param limits what else restricts it, as the API has it
 */
record DemoToken(
        DemoAccount account,
        String name,
        String group,
        List<DemoModel> models,
        boolean onlyModels,
        String address,
        Limits limits) {

    DemoToken {
        models = List.copyOf(models);
    }

    /**
     * What the day will ask of a token, so that limits are met at a likely hour at any rate.
     *
     * @param calls of this token
     * @param units that they cost if all are let through
     * @param day how long the day takes
     */
    record Expected(double calls, double units, Instant begin, Duration day) {
        /** A share of the units, and at least one. */
        long units(double share) {
            return Math.max(1, Math.round(units * share));
        }

        Instant at(double part) {
            return begin.plusMillis(Math.round(day.toMillis() * part));
        }

        /** Calls that come within a minute, on the average. */
        double callsPerMinute() {
            return calls * Duration.ofMinutes(1).toMillis() / day.toMillis();
        }
    }

    /** Fields of the request that creates the token. */
    @FunctionalInterface
    interface Limits {
        Limits NONE = _ -> Map.of();

        Map<String, Object> of(Expected expected);
    }
}
